# The service in a container:
#   docker build -t readout .
#   docker run -p 127.0.0.1:8000:8000 -v readout:/data -e OPENAI_API_KEY --stop-timeout 600 readout
# Told to stop, it finishes the readings in flight: minutes, where an engine waits for ten seconds.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
# Without a pip of its own: what fills it stays behind in this stage.
RUN ["python", "-m", "venv", "--without-pip", "/opt/readout"]
WORKDIR /src
# Before the source, so that a change of code installs no dependency again.
COPY requirements.txt ./
RUN ["python", "-m", "pip", "--python", "/opt/readout", "install", "--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt"]
COPY pyproject.toml README.md ./
COPY prompts/ prompts/
COPY schemas/ schemas/
COPY service/ service/
# Its build takes place in an environment of its own, with the setuptools that pyproject.toml pins.
RUN ["python", "-m", "pip", "--python", "/opt/readout", "install", "--no-deps", "."]

FROM python:3.13-slim
RUN ["python", "-m", "pip", "uninstall", "--yes", "--quiet", "--root-user-action", "ignore", "pip"]
RUN ["groupadd", "--gid", "10001", "readout"]
RUN ["useradd", "--uid", "10001", "--gid", "10001", "--home-dir", "/data", "--no-create-home", "--shell", "/usr/sbin/nologin", "readout"]
# Stored replies quote articles: nobody else reads them.
RUN ["install", "--directory", "--owner", "10001", "--group", "10001", "--mode", "0700", "/data"]
COPY --from=build /opt/readout /opt/readout
ENV PATH=/opt/readout/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    READOUT_DATABASE_URL=sqlite:////data/readout.db \
    READOUT_HOST=0.0.0.0 \
    READOUT_PORT=8000
# By number: an orchestrator that forbids root cannot look up a name.
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
# Past a proxy that the environment may name: it is asked on the container's own loopback.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['READOUT_PORT'] + '/healthz', timeout=4)"]
CMD ["readout", "serve"]
