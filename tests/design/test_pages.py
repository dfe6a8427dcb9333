"""The frame of every page, the form field, the error summary, and the pages for when something is wrong."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from tests.design.gallery import EveryField


def _tags(html: str, *names: str) -> list[str]:
    return re.findall(rf"<(?:{'|'.join(names)})\b[^>]*>", html)


def test_a_field_is_label_hint_error_control_and_the_control_points_to_both():
    html = EveryField({"title": ""})["title"].as_field_group()
    order = [html.index(part) for part in ("<label", 'id="id_title_helptext"', 'id="id_title_error"', "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_may_be_left_empty_says_so_and_what_may_not_does_not():
    form = EveryField()
    assert "(optional)" in form["happening"].as_field_group()
    assert "(optional)" not in form["title"].as_field_group()
    assert "(optional)" not in form["skip"].as_field_group()  # a tick is always a choice


def test_a_group_of_choices_stands_in_a_fieldset_with_its_legend():
    html = EveryField({})["who"].as_field_group()
    assert _tags(html, "fieldset") == ['<fieldset aria-describedby="id_who_error">']
    assert "<legend>Who may see it?</legend>" in html


def test_the_summary_links_each_error_to_the_control_that_can_mend_it():
    form = EveryField({})
    html = render_to_string("_error_summary.html", {"form": form})
    linked = re.findall(r'href="#([^"]+)"', html)
    assert linked == ["id_title", "id_kinds_0", "id_who_0", "id_first", "id_months"]
    ids = set(re.findall(r'\bid="([^"]+)"', form.as_div()))
    assert [target for target in linked if target not in ids] == []
    assert 'tabindex="-1" autofocus' in html


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("_error_summary.html", {"form": EveryField()}).strip() == ""


def test_typed_markup_stays_text_in_fields_and_summary():
    typed = '"><script>alert(1)</script>'
    html = EveryField({"title": typed, "who": typed}).as_div()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_page_for_our_own_faults_needs_neither_request_nor_database():
    response = server_error(RequestFactory().get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "<h1>Something went wrong</h1>" in html
    assert "{{" not in html
    assert "{%" not in html


@pytest.mark.django_db
def test_a_form_from_a_stale_page_says_that_nothing_was_saved():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "anna@example.org"})
    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()


@pytest.mark.django_db
def test_a_page_says_that_it_is_in_the_language_it_is_written_in():
    for asked in ("sv", "sv-SE,sv;q=0.9,en;q=0.5", "ga", "en-US"):
        html = Client().get("/about/", headers={"accept-language": asked}).content.decode()
        assert re.findall(r"<html lang=.(.*?).>|<h1>(.*?),", html) == [("en-gb", ""), ("", "What is promised")], asked
