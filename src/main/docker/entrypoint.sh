#!/bin/sh
# The start of every container: sees that the learner's folder can be written to, then goes on as the command.
fail() { echo "unrolled: $*" >&2; exit 2; }

mkdir -p "$UNROLLED_MY" 2>/dev/null
[ -d "$UNROLLED_MY" ] && touch "$UNROLLED_MY/.writable" 2>/dev/null && rm -f "$UNROLLED_MY/.writable" ||
    fail "the folder $UNROLLED_MY, which keeps your work, cannot be written to by user $(id -u), as whom the course runs." \
        "Make it on your machine before Docker does (mkdir -p my), or run the container as its owner: docker run --user \"\$(id -u):\$(id -g)\" ..."

# With a read-only root, or as another user, there is no home to write to: Jupyter then keeps its own small files in /tmp.
if ! touch "$HOME/.writable" 2>/dev/null; then
    HOME=/tmp/home-$(id -u)
    export HOME
    mkdir -p "$HOME" || fail "neither the home folder nor /tmp can be written to. With --read-only, give the container a /tmp: --tmpfs /tmp"
else
    rm -f "$HOME/.writable"
fi

# The launcher lays the learner's copies of the lessons. Binder and JupyterHub start a server of their own in its place.
case ${1:-} in
    */unrolled) ;;
    *) python /opt/unrolled/src/main/jupyter/learner.py >/dev/null || exit 2 ;;
esac
exec "$@"
