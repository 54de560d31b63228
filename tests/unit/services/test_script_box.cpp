// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts of enemies in the box: whatever they try, nothing of it works, and nothing of them is left. Runs as nobody
// (setpriv), because root is not confined by limits of processes.
#include "core/dispatch/epoll_dispatcher.h"
#include "demos/services/scripting/archive.h"
#include "demos/services/scripting/script_files.h"
#include "demos/services/scripting/script_workshop.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <poll.h>
#include <unistd.h>

using namespace kolam;
using namespace kolam::scripting;

namespace {

constexpr const char* marker = "987654"; // seconds that only processes of this test sleep

/// Processes of this host whose command line holds the marker.
int markedProcesses() {
    int found = 0;
    for (const QString& entry : QDir{"/proc"}.entryList(QDir::Dirs)) {
        QFile line{"/proc/" + entry + "/cmdline"};
        if (entry.at(0).isDigit() && line.open(QIODevice::ReadOnly)) {
            const QByteArray text = line.readAll();
            found += text.startsWith("sleep") && text.contains(marker) ? 1 : 0;
        }
    }
    return found;
}

struct Box {
    EpollDispatcher dispatcher;
    JobLimits limits{.time = 20s,
                     .cpuSeconds = 10,
                     .memory = 512U << 20U,
                     .disk = 20U << 20U,
                     .output = 1U << 20U,
                     .processes = 40,
                     .openFiles = 64};
    std::unique_ptr<Job> job;
    std::optional<JobResult> result;
    Descriptor resumeFrom;
    std::vector<Descriptor> checkpoints;

    bool start(const QByteArray& script) {
        QTemporaryDir empty;
        auto package = anonymousFile();
        const auto packed =
            pack({.folder = empty.path().toStdString(), .script = "#!/bin/bash\n" + script.toStdString()},
                 package->get(), {});
        if (!packed) {
            return false;
        }
        m_workshop = std::make_unique<ScriptWorkshop>(dispatcher, Confinement::Sandbox, KOLAM_RUNNER, limits);
        auto started =
            m_workshop->start({.package = std::move(*package), .environment = {}, .checkpoint = std::move(resumeFrom)},
                              {.done = [this](JobResult done) { result = std::move(done); },
                               .checkpoint = [this](Descriptor file) { checkpoints.push_back(std::move(file)); }});
        if (started) {
            job = std::move(*started);
        }
        return started.has_value();
    }
    bool until(const std::function<bool()>& condition, Duration limit = 30s) {
        const TimePoint end = dispatcher.now() + limit;
        while (!condition() && dispatcher.now() < end) {
            pollfd descriptor{.fd = dispatcher.pollDescriptor(), .events = POLLIN, .revents = 0};
            ::poll(&descriptor, 1, 5);
            dispatcher.turn();
        }
        return condition();
    }
    [[nodiscard]] QByteArray output() const {
        std::vector<std::byte> octets(1U << 20U);
        const auto got = readAt(result->output.get(), 0, octets);
        return {reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(got)};
    }

private:
    std::unique_ptr<ScriptWorkshop> m_workshop;
};

/// Tries system calls by their numbers, and prints those that did not fail as forbidden.
const char* const forbiddenCalls = R"(python3 - >output <<'PY'
import ctypes
calls = {"ptrace": 101, "mount": 165, "umount2": 166, "pivot_root": 155, "swapon": 167, "reboot": 169, "settimeofday": 164,
         "iopl": 172, "ioperm": 173, "init_module": 175, "delete_module": 176, "quotactl": 179, "acct": 163,
         "personality": 135, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272,
         "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304, "setns": 308,
         "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "bpf": 321,
         "userfaultfd": 323, "io_uring_setup": 425, "open_tree": 428, "fsopen": 430, "clone3": 435, "pidfd_getfd": 438,
         "chroot": 161, "sethostname": 170, "syslog": 103, "vhangup": 153, "lookup_dcookie": 212, "move_pages": 279,
         "landlock_create_ruleset": 444, "mount_setattr": 442}
libc = ctypes.CDLL(None, use_errno=True)
for name, number in calls.items():
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) != -1 or ctypes.get_errno() not in (1, 38):
        print(name, ctypes.get_errno())
print("tried", len(calls))
PY)";

} // namespace

class TestScriptBox : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        if (const auto sandbox = checkSandbox(); !sandbox) {
            QSKIP(sandbox.error().c_str());
        }
        if (::geteuid() == 0) {
            QSKIP("nobody may not read this program where it is");
        }
    }

    void givenHostileScript_whenItTries_thenNothingWorks_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("output");
        const auto row = [](const char* name, const QByteArray& script, const QByteArray& output) {
            QTest::newRow(name) << script << output;
        };
        // A command in the list writes "reached" when it can do what it must not.
        const auto denied = [&](const char* name, const QByteArray& command) {
            row(name, "{ " + command + "; } >/dev/null 2>&1 && echo reached >$1 || echo denied >$1\n", "denied\n");
        };
        row("nothing bad", "echo $((6 * 7)) >$1", "42\n");
        denied("read /etc", "cat /etc/passwd");
        denied("read /home", "ls /home");
        denied("read /root", "ls /root");
        denied("read /var", "ls /var/lib");
        denied("read /sys", "ls /sys/kernel");
        denied("read /run", "ls /run");
        denied("write /usr", "touch /usr/evil");
        denied("write /", "touch /evil");
        denied("write /dev", "touch /dev/evil");
        denied("write the runner", "echo evil >/runner");
        denied("remount", "mount -o remount,rw /usr");
        denied("mount", "mount -t tmpfs none /work");
        denied("device", "mknod disk b 8 0 && cat disk");
        denied("raw memory", "cat /dev/mem");
        denied("kernel messages", "cat /dev/kmsg");
        denied("kernel's knobs", "echo 1 >/proc/sys/kernel/panic");
        denied("trigger", "echo b >/proc/sysrq-trigger");
        denied("user namespace", "unshare -U true");
        denied("network namespace", "unshare -n true");
        denied("become root", "python3 -c 'import os; os.setuid(0)'");
        denied("set-uid shell", "cp /bin/sh evil && chmod 6755 evil && ./evil -pc '[ $(id -u) = 0 ]'");
        denied("tcp", "exec 3<>/dev/tcp/127.0.0.1/22");
        denied("internet socket", "python3 -c 'import socket; socket.socket(socket.AF_INET)'");
        denied("packet socket", "python3 -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)'");
        denied("netlink socket", "python3 -c 'import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)'");
        denied("runner's memory", "head -c 1 /proc/$PPID/mem");
        denied("runner's descriptors", "[ -n \"$(ls /proc/$PPID/fd)\" ]");
        denied("init's environment", "tr '\\0' '\\n' </proc/1/environ | grep KOLAM_SECRET");
        denied("own environment", "env | grep KOLAM_SECRET");
        denied("terminal", "echo evil >/dev/tty");
        denied("hostname", "hostname evil");
        denied("clock", "date -s '2000-01-01'");
        denied("priority", "[ \"$(nice -n -5 nice)\" = -5 ]");
        // What is full must be emptied before there is room for the answer.
        const QByteArray emptied = " 2>/dev/null && echo reached >$1 || { rm -f large*; echo denied >$1; }\n";
        row("large file", "head -c 30000000 /dev/zero >large" + emptied, "denied\n");
        row("many files", "(for i in 1 2 3 4 5 6; do head -c 5000000 /dev/zero >large$i || exit 1; done)" + emptied,
            "denied\n");
        denied("shared memory", "head -c 30000000 /dev/zero >/dev/shm/large");
        denied("memory", "python3 -c 'bytearray(2 << 30)'");
        denied("open files", "python3 -c '[open(\"/dev/null\") for i in range(100)]'");
        denied("raise a limit", "ulimit -n 1000");
        row("descriptors", "ls /proc/self/fd | tr '\\n' ' ' >$1", "0 1 2 3 "); // the last one is that of ls
        row("who", "id -u >$1; ls / | tr '\\n' ' ' >>$1",
            QByteArray::number(::getuid()) + "\nbin dev etc lib lib64 proc runner sbin tmp usr work ");
        row("processes", "ls /proc | grep -c '^[0-9]*$' | awk '{ print ($1 < 10) ? \"few\" : \"many\" }' >$1", "few\n");
        row("system calls", forbiddenCalls, "tried 42\n");
        row("output is a link", "ln -s /usr/bin/env $1", "");
        row("output is a pipe", "mkfifo $1", "");
        row("output is a folder", "mkdir $1", "");
        row("output is too long", "head -c 2000000 /dev/zero >$1", "");
        row("no output", "true", "");
        row("kills its runner", "echo x >$1; kill -9 $PPID; sleep 5", "");
        row("kills everybody", "echo x >$1; kill -9 -1; sleep 5", "");
    }
    void givenHostileScript_whenItTries_thenNothingWorks() {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, output);
        Box box;
        QVERIFY(box.start(script));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        QCOMPARE(box.output(), output);
    }

    void givenScriptThatExits_whenItIsDone_thenTheReceiptTellsHow() {
        Box box;
        QVERIFY(box.start("echo hello >$1; exit 42"));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        const Receipt& receipt = box.result->receipt;
        QCOMPARE(receipt.exitStatus, 42u);
        QCOMPARE(receipt.outputOctets, std::uint64_t{6});
        QVERIFY(receipt.memoryKilobytes > 100 && receipt.error.empty() && receipt.limitsHit.empty());
    }

    void givenBusyLoop_whenItsCpuTimeIsOver_thenItIsEnded() {
        Box box;
        box.limits.cpuSeconds = 1;
        QVERIFY(box.start("while :; do :; done"));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        QVERIFY(box.result->receipt.exitStatus > 128);
        QVERIFY(box.result->receipt.cpuMilliseconds >= 900 && box.result->receipt.cpuMilliseconds < 2'500);
        QVERIFY(!box.result->receipt.limitsHit.empty());
    }

    void givenSleeper_whenItsTimeIsOver_thenItAndItsChildrenAreEnded() {
        Box box;
        box.limits.time = 500ms;
        QVERIFY(box.start(QByteArray("setsid sleep ") + marker + " & (sleep " + marker + " &) ; sleep " + marker));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        QCOMPARE(box.result->receipt.limitsHit, std::string{"time "});
        QVERIFY(box.until([] { return markedProcesses() == 0; }, 100ms));
    }

    void givenForkBomb_whenItExplodes_thenThereAreFewAndThenNone() {
        Box box;
        box.limits.time = 2s;
        QVERIFY(box.start(QByteArray("for i in {1..500}; do setsid sleep ") + marker + " & done; wait"));
        int most = 0;
        QVERIFY(box.until([&] {
            most = std::max(most, markedProcesses());
            return box.result.has_value();
        }));
        QVERIFY2(most > 0 && most <= 40, qPrintable(QString::number(most)));
        QVERIFY(box.until([] { return markedProcesses() == 0; }, 100ms));
    }

    void givenProcessTree_whenTheJobIsCancelled_thenAllOfItIsGoneWithinATenthOfASecond() {
        Duration longest{};
        for (int round = 0; round < 5; ++round) {
            Box box;
            QVERIFY(box.start(QByteArray("for i in {1..20}; do setsid sleep ") + marker + " & done; wait"));
            QVERIFY(box.until([] { return markedProcesses() == 20; }));
            const TimePoint begin = box.dispatcher.now();
            box.job.reset();
            QVERIFY(box.until([] { return markedProcesses() == 0; }, 100ms));
            longest = std::max(longest, box.dispatcher.now() - begin);
        }
        qInfo("20 processes of a cancelled job were gone after %.1f ms at most",
              std::chrono::duration<double, std::milli>(longest).count());
    }

    void givenPackageThatIsNone_whenItIsRun_thenTheReceiptSaysSo() {
        Box box;
        auto package = anonymousFile();
        QVERIFY(append(package->get(), asOctets("this is not an archive, but long enough to be looked at")));
        ScriptWorkshop workshop{box.dispatcher, Confinement::Sandbox, KOLAM_RUNNER, box.limits};
        std::optional<JobResult> result;
        const auto job = workshop.start(
            {.package = std::move(*package), .environment = {}},
            {.done = [&](JobResult done) { result = std::move(done); }, .checkpoint = [](Descriptor) {}});
        QVERIFY(job.has_value());
        QVERIFY(box.until([&] { return result.has_value(); }));
        QVERIFY(!result->receipt.error.empty());
        QCOMPARE(result->receipt.exitStatus, 125u);
    }

    void givenJobThatMakesCheckpoints_whenAnotherBoxGetsTheLast_thenItGoesOnFromThere() {
        // Counts to 3 and waits; counts to 6 from where it was.
        const QByteArray counts = R"(
count=0
[ -n "$KOLAM_RESUME" ] && count=$(cat $KOLAM_RESUME/state/count)
for i in 1 2 3; do
    count=$((count + 1))
    mkdir -p new/state && echo $count >new/state/count && mv new $KOLAM_CHECKPOINTS/$count
    while [ -e $KOLAM_CHECKPOINTS/$count ]; do sleep 0.01; done
done
[ $count -lt 6 ] && sleep 60
echo $count >$1
)";
        Box first;
        QVERIFY(first.start(counts));
        QVERIFY(first.until([&] { return first.checkpoints.size() == 3; }));
        first.job.reset(); // in the midst of it
        Box second;
        second.resumeFrom = std::move(first.checkpoints.back());
        QVERIFY(second.start(counts));
        QVERIFY(second.until([&] { return second.result.has_value(); }));
        QCOMPARE(second.output(), QByteArray("6\n"));
        QCOMPARE(second.checkpoints.size(), std::size_t{3});
    }

    void givenHostileCheckpoints_whenTheyAreMade_thenNoneOfThemComesOutAndTheJobGoesOn() {
        Box box;
        box.limits.checkpoint = 100'000;
        QVERIFY(box.start(R"(
cd $KOLAM_CHECKPOINTS
wait_gone() { while [ -e $1 ] || [ -L $1 ]; do sleep 0.01; done; }
ln -s /usr ../link && mv -T ../link link; wait_gone link
mkfifo ../pipe && mv ../pipe pipe; wait_gone pipe
mkdir ../big && head -c 5000000 /dev/urandom >../big/x && mv ../big big; wait_gone big
mkdir ../links && ln -s /usr/bin ../links/l && mv ../links links; wait_gone links
cd .. && rm -rf $KOLAM_CHECKPOINTS && ln -s /usr/share $KOLAM_CHECKPOINTS
echo done >$1
)"));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        QCOMPARE(box.output(), QByteArray("done\n"));
        QCOMPARE(box.result->receipt.limitsHit, std::string{"checkpoint "});
        QVERIFY(box.checkpoints.size() <= 1); // the folder whose links were left out
        for (const Descriptor& checkpoint : box.checkpoints) {
            QVERIFY(sizeOf(checkpoint.get()) < 1'000);
        }
    }

    void givenCheckpointThatIsNone_whenAJobIsToGoOnFromIt_thenTheReceiptSaysSo() {
        Box box;
        box.resumeFrom = std::move(*anonymousFile());
        QVERIFY(append(box.resumeFrom.get(), asOctets("this is not an archive, but long enough to be looked at")));
        QVERIFY(box.start("echo done >$1"));
        QVERIFY(box.until([&] { return box.result.has_value(); }));
        QVERIFY(box.result->receipt.error.starts_with("the checkpoint: "));
    }

    void givenReceipt_whenItIsWrittenAndRead_thenItIsTheSame() {
        const Receipt receipt{.exitStatus = 3,
                              .cpuMilliseconds = 1'500,
                              .memoryKilobytes = 2'048,
                              .packageOctets = 10,
                              .outputOctets = 20,
                              .limitsHit = "cpu disk ",
                              .error = ""};
        QVERIFY(readReceipt(toText(receipt)) == receipt);
        QVERIFY(!readReceipt("exit-status 3\n"));
        QVERIFY(!readReceipt(""));
    }
};

int main(int argc, char** argv) {
    if (::geteuid() == 0) {
        const std::vector<const char*> nobody{"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"};
        QStringList trial{"--reuid", "65534", "--regid", "65534", "--clear-groups", "test", "-x"};
        if (QProcess::execute("setpriv", trial + QStringList{QFile::decodeName(argv[0])}) == 0 &&
            QProcess::execute("setpriv", trial + QStringList{KOLAM_RUNNER}) == 0) {
            std::vector<const char*> line = nobody;
            line.insert(line.end(), argv, argv + argc);
            line.push_back(nullptr);
            ::execvp(line.front(), const_cast<char* const*>(line.data()));
        }
    }
    ::setenv("KOLAM_SECRET", "that no job must see", 1);
    QCoreApplication application{argc, argv};
    TestScriptBox test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_script_box.moc"
