#!/usr/bin/env bash
# The launcher's errors: each is one clear sentence with a remedy and exit code 2, on machines that lack something.
# The machines are folders of links to the real programs, with one missing or replaced. Writes "passed failed" to counts.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
WORK=$PWD/target/launcher-test
rm -rf "$WORK"
mkdir -p "$WORK/tools" "$WORK/repository"
REAL_JAVA=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
[ -z "${JAVA_HOME:-}" ] || REAL_JAVA=$JAVA_HOME
passed=0 failed=0

# The programs that every machine has.
for tool in bash sh env cat sed awk grep find head tail tr mkdir rm mv cp touch df id dirname basename uname cmp cksum ls ln expr readlink chmod; do
    path=$(command -v $tool) && ln -s "$path" "$WORK/tools/$tool"
done

machine() { # machine name with...: a PATH with the usual tools and the named stand-ins
    local dir=$WORK/$1 program
    mkdir -p "$dir"
    shift
    for program in "$@"; do
        case $program in
            java) ln -s "$REAL_JAVA/bin/java" "$dir/java" ;;
            mvn | python3) ln -s "$(command -v $program)" "$dir/$program" ;;
            *) printf '#!/bin/sh\n%s\n' "${program#*=}" >"$dir/${program%%=*}"; chmod +x "$dir/${program%%=*}" ;;
        esac
    done
    echo "$dir:$WORK/tools"
}

expect() { # expect name exit-code text... -- command...: runs it in a copy of the repository that nothing was built in
    local name=$1 code=$2 wanted=() output status problem=
    shift 2
    while [ "$1" != -- ]; do wanted+=("$1"); shift; done
    shift
    output=$(cd "$WORK/repository" && "$@" 2>&1 </dev/null)
    status=$?
    [ $status -eq "$code" ] || problem="exit code $status, not $code"
    for text in "${wanted[@]}"; do
        case $output in *"$text"*) ;; *) problem="no \"$text\" in its output" ;; esac
    done
    if [ -z "$problem" ]; then passed=$((passed + 1)); echo "  ok     $name"; else
        failed=$((failed + 1)); echo "  FAILED $name: $problem"; echo "$output" | head -n 12 | sed 's/^/         /'
    fi
}

cp unrolled pom.xml environment.yml "$WORK/repository/"
mkdir -p "$WORK/repository/src/main/java" "$WORK/repository/src/main"
cp -R src/main/jupyter "$WORK/repository/src/main/"
run() { local path=$1; shift; env -u JAVA_HOME -u PYTHON PATH="$path" "$@"; }
old_java='echo "    java.home = /old" >&2; echo "    java.specification.version = 1.8" >&2; echo "    java.vm.version = 25.1" >&2'
jre="case \$1 in --list-modules) echo java.base@17; echo jdk.compiler@17; echo jdk.incubator.vector@17;; *) exec $REAL_JAVA/bin/java \"\$@\";; esac"

expect "help names the commands" 0 "./unrolled lab" "./unrolled test" -- ./unrolled
expect "an unknown command" 2 'no command "fly"' -- ./unrolled fly
expect "no Java" 2 "no Java was found" "sudo apt install" "brew install" "conda env create" "docker build -t unrolled" -- run "$(machine no-java mvn python3)" ./unrolled lab
expect "an old Java" 2 "Java 8" "too old" "17 or newer" -- run "$(machine old-java "java=$old_java" mvn python3)" ./unrolled lab
expect "JAVA_HOME without Java" 2 "JAVA_HOME is /nowhere" -- env JAVA_HOME=/nowhere ./unrolled lab
# A real run-time image, without the module jdk.jshell.
"$REAL_JAVA/bin/jlink" --add-modules java.base,jdk.compiler,jdk.incubator.vector --output "$WORK/jre" 2>/dev/null &&
    expect "a Java without jdk.jshell" 2 "no module jdk.jshell" "not a full JDK" "sudo apt install" -- env JAVA_HOME="$WORK/jre" ./unrolled lab
expect "no Maven" 2 "Maven (mvn) was not found" "sudo apt install maven" -- run "$(machine no-maven java python3)" ./unrolled lab
expect "an old Maven" 2 "Maven 3.6.3 is too old" -- run "$(machine old-maven java 'mvn=echo "Apache Maven 3.6.3 (x)"' python3)" ./unrolled lab

# From here on the library counts as built.
mkdir -p "$WORK/repository/target/kernel" "$WORK/repository/target/lib"
jars="target/unrolled-1.jar target/lib/one.jar target/kernel/jjava-jupyter-1.jar"
(
    cd "$WORK/repository"
    for jar in $jars; do echo "as long as a jar of a test needs to be" >$jar; done
    sleep 1
    { "$REAL_JAVA/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.vm\.version = //p'; cksum $jars; } >target/.built
)
expect "no Python" 2 "Python (python3) was not found" "python3-venv" -- run "$(machine no-python java mvn)" ./unrolled lab
expect "an old Python" 2 "Python 3.7 is too old" "3.11 or newer" -- run "$(machine old-python java mvn 'python3=echo 3.7')" ./unrolled lab
expect "a Python without venv" 2 "has no venv" "python3-venv" -- \
    run "$(machine no-venv java mvn "python3=case \$2 in *ensurepip*) exit 1;; *) echo 3.11;; esac")" ./unrolled lab
expect "pip that fails" 2 "pip could not install" "no network today" -- run "$(machine no-pip java mvn "python3=case \$2 in
    *version_info*) echo 3.11;; *ensurepip*) ;; venv) mkdir -p \$3/bin; printf '#!/bin/sh\necho no network today >&2\nexit 1\n' >\$3/bin/python; chmod +x \$3/bin/python;; esac")" ./unrolled lab
expect "a full disk" 2 "12 MB free" -- run "$(machine no-disk java mvn python3 'df=echo Filesystem; echo disk 9 9 12345 9 /')" ./unrolled lab
expect "a kernel jar that is not there" 2 "no kernel jar at /nowhere.jar" -- ./unrolled lab --kernel /nowhere.jar
expect "doctor names what is missing" 2 "Maven (mvn) was not found" "ok       java" -- run "$(machine doctor java python3)" ./unrolled doctor

# Each way in which a file can be damaged, and whether it is noticed.
damage() { # damage file way
    case $2 in
        halved) head -c $(($(wc -c <"$1") / 2)) "$1" >"$1.half" && mv "$1.half" "$1" ;;
        emptied) : >"$1" ;;
        deleted) rm "$1" ;;
        changed) printf X | dd of="$1" bs=1 seek=$(($(wc -c <"$1") / 2)) conv=notrunc 2>/dev/null ;;
    esac
}
whole=$(machine whole java mvn python3)
expect "doctor finds a whole library" 0 "ok       build" -- run "$whole" ./unrolled doctor
for way in halved emptied deleted changed; do
    for jar in $jars; do
        cp "$WORK/repository/$jar" "$WORK/kept.jar"
        damage "$WORK/repository/$jar" $way
        expect "doctor notices: $jar $way" 0 "a file of the built library in target/ is damaged or missing" -- run "$whole" ./unrolled doctor
        mv "$WORK/kept.jar" "$WORK/repository/$jar"
    done
done

# The real environment: a port that is taken, and a kernel that the JVM starts from its archive of classes.
if [ -x .venv/bin/python ]; then
    port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    .venv/bin/python -c "import socket, time; s = socket.socket(); s.bind(('127.0.0.1', $port)); s.listen(); time.sleep(60)" &
    listener=$!
    here=$PWD
    lab_here() { cd "$here" && ./unrolled lab --no-browser --port "$port"; }
    expect "a port that is taken" 2 "port $port is taken" "leave out --port" -- lab_here
    kill $listener
    # Started without the file that names its ports, the library's kernel ends at once, but has said where its classes came from.
    kernel() { cd "$here" && ./unrolled run 99; .venv/bin/python -c 'import json, os, sys
spec = json.load(open(sys.prefix + "/share/jupyter/kernels/java/kernel.json"))
os.execve(spec["argv"][0], [*spec["argv"][:-2], "-Xlog:class+load", "unrolled.notebook.kernel.Main"], {**os.environ, **spec["env"]})'; }
    archived="unrolled.notebook.kernel.Main source: shared objects file (top)"
    expect "the kernel starts from its archive" 2 "$archived" -- kernel
    touch target/unrolled-*.jar
    expect "a jar has changed, and the archive with it" 2 "$archived" -- kernel
    doctor_here() { cd "$here" && ./unrolled doctor; }
    cp target/kernel/kernel.jsa "$WORK/kept.jsa"
    for way in emptied deleted changed; do
        damage target/kernel/kernel.jsa $way
        expect "doctor notices an archive that is $way" 0 "the archive of the kernel's classes is damaged" -- doctor_here
        cp "$WORK/kept.jsa" target/kernel/kernel.jsa
    done
    damage target/kernel/kernel.jsa halved
    expect "an archive that is halved is made anew" 2 "$archived" -- kernel
    damage "$(ls target/lib/ejml-core-*.jar)" halved
    expect "a library that is halved is built anew" 2 "damaged or missing: building it anew" "$archived" -- kernel

    run_here() { cd "$here" && ./unrolled run "$@"; }
    damaged=notebooks/98-damaged.ipynb
    trap 'rm -f "$here/$damaged"' EXIT
    : >$damaged
    expect "an empty notebook" 1 "98-damaged.ipynb: it is empty" "git checkout -- $damaged" -- run_here 98
    head -c 2000 notebooks/00-start-here.ipynb >$damaged
    expect "half a notebook" 1 "98-damaged.ipynb: it is no whole notebook" "git checkout -- $damaged" -- run_here 98
    echo '{"cells": 3}' >$damaged
    expect "something else than a notebook" 1 "98-damaged.ipynb: it is no whole notebook" -- run_here 98 --solved
    rm $damaged
    echo "no jar" >"$WORK/no.jar"
    expect "a kernel that is no jar" 2 "is no jar file, or it is damaged" -- run_here 00 --kernel "$WORK/no.jar"
    expect "a kernel jar that cannot be started" 2 "names no Main-Class" -- run_here 00 --kernel="$(ls "$here"/target/unrolled-*.jar)"

    # The kernel for every other program of the user, in a folder of its own.
    user_kernel() { cd "$here" && JUPYTER_DATA_DIR=$WORK/user ./unrolled kernel "$@"; }
    spec=$WORK/user/kernels/java/kernel.json
    expect "no kernel to remove" 0 "No kernel of the course is installed" -- user_kernel --remove
    expect "an option that there is not" 2 "'--fly' is no option" -- user_kernel --fly
    expect "the kernel for the user" 0 "Installed \"Java (Unrolled)\" in $WORK/user/kernels/java" -- user_kernel
    expect "it names this folder" 0 "\"UNROLLED_HOME\": \"$here\"" -- cat "$spec"
    expect "the kernel is removed" 0 "Removed the kernel from $WORK/user/kernels/java" -- user_kernel --remove
    expect "and nothing of it stays" 1 -- test -e "$WORK/user/kernels/java"
    mkdir -p "$WORK/user/kernels/java"
    echo '{"argv": ["other"], "display_name": "Other", "language": "java"}' >"$spec"
    expect "another program's kernel stays" 0 "in $WORK/user/kernels/unrolled" "is another program's and stays" "choose \"Java (Unrolled)\"" -- user_kernel
    expect "as it was" 0 '"display_name": "Other"' -- cat "$spec"
    expect "only ours is removed" 0 "Removed the kernel from $WORK/user/kernels/unrolled" -- user_kernel --remove
    expect "and the other stays" 0 '"display_name": "Other"' -- cat "$spec"
    bench_here() { cd "$here" && ./unrolled bench "$@"; }
    expect "a part that is not measured" 2 "no part 'fly'" "steps, processes, product" -- bench_here fly
    expect "a size that does not exist" 2 "'S9' is no size" "S1,S2" -- bench_here steps --sizes S1,S9
    expect "a cell that does not exist" 2 "'grue' is no cell" "rnn,lstm,gru" -- bench_here steps --cells grue
    expect "no round at all" 2 "'0' is no positive number" -- bench_here steps --rounds 0
    expect "a Python of the peers that is not there" 2 "/nowhere/python" "could not start" -- bench_here steps --peers /nowhere/python
    expect "training steps without a peer" 0 "torch: not installed" "round 1, S1 rnn: ours" "not measured: at least 1.0 times PyTorch" -- \
        bench_here steps --quick --sizes S1 --cells rnn --rounds 1 --peers .venv/bin/python --to "$WORK/bench"
    expect "medians, ratios and bars of the measurements" 0 "OK" -- "$PWD/.venv/bin/python" -B "$PWD/src/test/bench/test_summary.py"
fi
echo "$passed $failed" >"$WORK/counts"
[ $failed -eq 0 ]
