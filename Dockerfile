# Two stages: wheels pinned by hash are installed in the first, only the result is carried over.
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
USER 10001:10001
VOLUME /state
STOPSIGNAL SIGTERM
# Red when no poll has finished lately, not merely when the process died.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
