# One image for web, worker, beat and the one-time preparation (docker-compose.yml).

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/run.txt /run.txt
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /run.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint draws with; requirements/install.py holds the same list.
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libfontconfig1 libglib2.0-0 libharfbuzz-subset0 libharfbuzz0b libpango-1.0-0 libpangoft2-1.0-0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/learning-sets learning-sets \
 && install -d -o learning-sets -m 0700 /var/lib/learning-sets /var/lib/learning-sets/keys
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/var/lib/learning-sets STATIC_ROOT=/app/staticfiles HOME=/tmp

WORKDIR /app
COPY manage.py ./
COPY learningsets ./learningsets
COPY sessions ./sessions
COPY challenges ./challenges
COPY reports ./reports
COPY templates ./templates
COPY static ./static
# A database and a secret key of this step alone: neither ends up in the image.
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity=0 && rm -rf /tmp/build \
 && python -m compileall -q learningsets sessions challenges reports

USER learning-sets
EXPOSE 8000
