# Two stages: wheels pinned by hash are installed in the first, only the result is carried over.
# The base is named by tag, not by digest: an image that is built anew has Python's and Debian's latest mendings.
ARG PYTHON=3.13-slim
FROM python:${PYTHON} AS build
COPY requirements/run.txt /build/requirements.txt
RUN python -m venv --without-pip /opt/borderwire \
 && python -m pip --python /opt/borderwire/bin/python install --no-cache-dir --no-compile \
      --disable-pip-version-check --require-hashes --only-binary :all: -r /build/requirements.txt

FROM python:${PYTHON}
# A fixed number, so that a volume's files keep their owner from one image to the next.
RUN groupadd --gid 10001 borderwire \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin borderwire \
 && install -d -o 10001 -g 10001 -m 0700 /state
COPY --from=build /opt/borderwire /opt/borderwire
COPY config /app/config
COPY bot /app/bot
WORKDIR /app
ENV PATH=/opt/borderwire/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BORDERWIRE_STATE=/state
# Compiled here, once for all (the base comes without its own .pyc files): a read-only root keeps nothing that is
# compiled later, so that every start, parsing child and health check would do it again.
RUN python -m compileall -q --invalidation-mode unchecked-hash \
      "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" /opt/borderwire /app/bot
USER 10001:10001
VOLUME /state
STOPSIGNAL SIGTERM
# Red when no poll has finished lately, not merely when the process died.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
