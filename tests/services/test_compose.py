"""docker-compose.yml, the Dockerfile and the locks agree with each other and with the code."""

import importlib.util
import re
import subprocess

from django.conf import settings

from tests.services.deployment import ROOT, compose_file

PRODUCT = {"migrate", "web", "worker", "beat"}


def _installer():
    spec = importlib.util.spec_from_file_location("installer", ROOT / "requirements" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", (ROOT / "requirements" / name).read_text(), re.M))


def test_the_services_are_the_product_and_what_it_stands_on():
    assert set(compose_file()["services"]) == PRODUCT | {"postgres", "redis", "proxy"}


def test_whatever_keeps_running_has_a_health_check():
    services = compose_file()["services"]
    assert {name for name in services if "healthcheck" not in services[name]} == {"migrate", "proxy"}


def test_web_and_worker_can_be_scaled_by_a_flag():
    services = compose_file()["services"]
    for name in ("web", "worker"):
        assert {"container_name", "ports"}.intersection(services[name]) == set()
    assert [name for name in services if "ports" in services[name]] == ["proxy"]


def test_the_processes_share_one_environment():
    services = compose_file()["services"]
    assert all(services[name]["environment"] == services["web"]["environment"] for name in PRODUCT)


def test_keys_of_boxes_lie_in_a_volume_of_their_own():
    services = compose_file()["services"]
    assert {name for name in services if "keys:" in str(services[name].get("volumes"))} == PRODUCT
    assert services["postgres"]["volumes"] == ["database:/var/lib/postgresql/data:rw"]


def test_the_store_cannot_be_reached_from_outside():
    config = compose_file()
    assert config["networks"]["store"] == {"internal": True}
    for name in ("postgres", "redis"):
        assert list(config["services"][name]["networks"]) == ["store"]


def test_no_server_keeps_a_log_of_requests_or_rows():
    services = compose_file()["services"]
    assert services["proxy"].get("logging") == {"driver": "none"}
    assert [part for part in services["proxy"]["command"] if "access-log" in part] == []
    # All that they are told, so that nothing else is: a statement that took long would be logged with its values.
    server, *told = services["postgres"]["command"]
    terse = ["log_min_error_statement=panic", "log_error_verbosity=terse", "log_parameter_max_length_on_error=0"]
    assert (server, told[::2], told[1::2]) == ("postgres", ["-c"] * len(terse), terse)
    kept_nowhere = ["--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"]
    assert services["redis"]["command"] == ["redis-server", *kept_nowhere]
    verbose = {
        name for name in PRODUCT if re.search("log|trace|debug|events", str(services[name].get("command")), re.I)
    }
    assert verbose == set()


def test_without_its_required_variables_it_says_which():
    command = ["docker-compose", "--file", "docker-compose.yml", "config", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "a password of your own" in done.stderr


def test_the_image_holds_what_the_product_runs_on():
    copied = re.findall(r"^COPY (?!--)(\S+)", (ROOT / "Dockerfile").read_text(), re.M)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    let_in = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"}
    assert set(copied) == let_in
    needed = {ROOT / name for name in ("learningsets", "sessions", "challenges", "reports", "manage.py")}
    needed |= {*settings.STATICFILES_DIRS, settings.BASE_DIR / "templates"}
    assert {path.name for path in needed} <= set(copied)


def test_the_image_installs_the_libraries_that_set_up_installs():
    installed = re.search(r"install -y --no-install-recommends \\\n\s+(.*?) \\\n", (ROOT / "Dockerfile").read_text())
    assert installed is not None
    assert sorted(installed[1].split()) == sorted(_installer().LIBRARIES.values())


def test_the_locks_of_the_tests_and_the_recogniser_hold_the_lock_of_the_product():
    run, dev, ner = _pins("run.txt"), _pins("dev.txt"), _pins("ner.txt")
    assert len(run) > 20
    assert {name: dev.get(name) for name in run} == run
    assert {name: ner.get(name) for name in run} == run


def test_every_locked_package_has_a_hash_and_no_address():
    for name in ("run.txt", "dev.txt", "ner.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert "://" not in text
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert [block for block in blocks if "--hash=sha256:" not in block] == []
