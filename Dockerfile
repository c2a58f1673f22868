# The whole course, built beforehand: a container needs no network.
#
#   docker build -t unrolled .
#   mkdir -p my && docker run --rm -it -p 127.0.0.1:8888:8888 -v "$PWD/my:/home/jovyan/my" unrolled
#
# The course lies in /opt/unrolled and is never written to; what a learner writes lies in the mounted folder.

FROM debian:bookworm-slim AS build
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends openjdk-17-jdk-headless maven python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
# All of Java SE, the compiler and shell that the kernel is made of, and the vector module: less than half of a whole JDK.
RUN jlink --add-modules java.se,jdk.jshell,jdk.compiler,jdk.incubator.vector,jdk.unsupported,jdk.zipfs,jdk.management,jdk.crypto.ec,jdk.charsets \
        --strip-java-debug-attributes --no-header-files --no-man-pages --output /opt/java \
 && touch -d 2026-01-01 /opt/java/lib/modules \
 && /opt/java/bin/java -Xshare:dump >/dev/null
ENV JAVA_HOME=/opt/java LANG=C.UTF-8
WORKDIR /opt/unrolled
# First what the build needs, so that an edited lesson does not build everything anew.
COPY unrolled pom.xml ./
COPY src/main ./src/main
# An image keeps dates by the whole second, and some tools round them. The JVM refuses an archive of classes once a jar has another date,
# Python compiles anew what has another date than it had: so the jars get theirs before the archive is made, and Python is told not to look.
RUN ./unrolled setup \
 && find target -name '*.jar' -exec touch -d 2026-01-01 {} + \
 && rm target/kernel/.archived && ./unrolled setup \
 && .venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash .venv \
 && rm -rf target/maven-* target/generated-sources target/*.log /root/.cache
COPY . .
# The build counts as newer than every file of the course, and everyone may read it, whatever the dates and modes of the copies say.
RUN touch target/.built && chmod -R a+rX .

FROM debian:bookworm-slim
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends python3 tini \
 && rm -rf /var/lib/apt/lists/*
# The names and the number that Binder and JupyterHub expect.
ARG NB_USER=jovyan
ARG NB_UID=1000
RUN useradd --create-home --uid ${NB_UID} --shell /bin/bash ${NB_USER} \
 && install -d -o ${NB_USER} -g ${NB_USER} /home/${NB_USER}/my
COPY --from=build /opt/java /opt/java
COPY --from=build /opt/unrolled /opt/unrolled
# Where VS Code looks for kernels, and the name by which some hubs start the server.
RUN mkdir -p /usr/local/share/jupyter/kernels \
 && ln -s /opt/unrolled/.venv/share/jupyter/kernels/java /usr/local/share/jupyter/kernels/java \
 && ln -s jupyter-lab /opt/unrolled/.venv/bin/jupyter-notebook
ENV LANG=C.UTF-8 \
    JAVA_HOME=/opt/java \
    PATH=/opt/unrolled/.venv/bin:/opt/java/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONNOUSERSITE=1 \
    JUPYTER_PREFER_ENV_PATH=1 \
    JUPYTER_PLATFORM_DIRS=1 \
    HOME=/home/${NB_USER} \
    UNROLLED_MY=/home/${NB_USER}/my \
    UNROLLED_OUT=/tmp/unrolled-notebooks
USER ${NB_UID}
WORKDIR ${HOME}
EXPOSE 8888
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8888/api', timeout=4)"]
# tini hands signals on and ends what its children leave behind; the script goes on as whatever command is given.
ENTRYPOINT ["tini", "-g", "--", "/opt/unrolled/src/main/docker/entrypoint.sh"]
CMD ["/opt/unrolled/unrolled", "lab", "--ip=0.0.0.0", "--no-browser"]
