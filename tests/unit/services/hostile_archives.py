# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the corpus of hostile archives into a folder; Python's tarfile writes whatever it is told to.
# Next door: test_script_archive.cpp, which tries each of them.
import io, os, sys, tarfile
folder = sys.argv[1]
def info(name, **more):
    entry = tarfile.TarInfo(name)
    for key, value in more.items():
        setattr(entry, key, value)
    return entry
def archive(name, entries, mode="w"):
    with tarfile.open(os.path.join(folder, name + ".tar"), mode) as tar:
        for entry, data in entries:
            entry.size = len(data) if entry.type == tarfile.REGTYPE else 0
            tar.addfile(entry, io.BytesIO(data))
good = (info("good"), b"good")
for number, name in enumerate(["../evil", "../../evil", "a/../../evil", "a/b/../../../evil", "./../evil", "..", "a/..", "../",
                               "/evil", "//evil", "/etc/passwd", "/tmp/evil", "/", "a/" * 40 + "evil", "e" * 600, "evil\n", "evil\x1b[2J"]):
    archive("path-%02d" % number, [good, (info(name), b"evil")])
for number, name in enumerate(["../evil", "/evil", "a/../../evil"]):
    archive("folder-%02d" % number, [good, (info(name, type=tarfile.DIRTYPE, mode=0o777), b"")])
for number, target in enumerate(["/etc/passwd", "../evil", "good", "/", ".", "/proc/self/root", "a"]):
    archive("symlink-%02d" % number, [good, (info("link", type=tarfile.SYMTYPE, linkname=target), b"")])
    archive("through-symlink-%02d" % number, [(info("link", type=tarfile.SYMTYPE, linkname=target), b""), (info("link/evil"), b"evil")])
for number, target in enumerate(["/etc/passwd", "../evil", "good"]):
    archive("hardlink-%02d" % number, [good, (info("link", type=tarfile.LNKTYPE, linkname=target), b"")])
for name, kind in [("character", tarfile.CHRTYPE), ("block", tarfile.BLKTYPE), ("fifo", tarfile.FIFOTYPE)]:
    archive("device-" + name, [good, (info("device", type=kind, devmajor=1, devminor=3), b"")])
archive("twice", [(info("file"), b"one"), (info("file"), b"two")])
archive("file-as-folder", [(info("file"), b"one"), (info("file/evil"), b"two")])
archive("bomb", [(info("bomb"), b"\0" * 40_000_000)], "w:gz")
archive("many", [(info("f%d" % i), b"") for i in range(2000)], "w:gz")
archive("bomb-bz2", [(info("bomb"), b"\0" * 40_000_000)], "w:bz2")
with open(os.path.join(folder, "garbage.tar"), "wb") as file:
    file.write(os.urandom(3000))
archive("whole", [(info("f%d" % i), b"x" * 700) for i in range(20)])
with open(os.path.join(folder, "whole.tar"), "rb") as file:
    data = file.read()
os.remove(os.path.join(folder, "whole.tar"))
with open(os.path.join(folder, "cut.tar"), "wb") as file:
    file.write(data[:5000])
with open(os.path.join(folder, "bad-checksum.tar"), "wb") as file:
    file.write(data[:148] + b"999999" + data[154:])
with open(os.path.join(folder, "huge-size.tar"), "wb") as file:
    file.write(data[:124] + b"77777777777\0" + data[136:])
