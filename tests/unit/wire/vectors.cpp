// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the lists of captured messages.
#include "tests/unit/wire/vectors.h"

#include <QFile>
#include <QStringList>

namespace kolam::test {

namespace {

void readInto(std::vector<Vector>& rows, const QString& name) {
    QFile file{QStringLiteral(KOLAM_CAPTURES "/") + name};
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("cannot read %s", qPrintable(file.fileName()));
    }
    for (const QString& line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
        const QStringList columns = line.split('\t');
        if (line.startsWith('#') || columns.size() != 10) {
            continue;
        }
        rows.push_back({.protocol = columns[0].toStdString(),
                        .message = columns[1].toStdString(),
                        .capture = columns[2].toStdString(),
                        .frame = columns[3].toInt(),
                        .origin = columns[7].toStdString(),
                        .wellFormed = columns[8] == "ok",
                        .octets = fromHex(columns[9].toStdString())});
    }
}

} // namespace

const std::vector<Vector>& vectors() {
    static const std::vector<Vector> all = [] {
        std::vector<Vector> rows;
        readInto(rows, QStringLiteral("vectors-asap-enrp.tsv"));
        readInto(rows, QStringLiteral("vectors-services.tsv"));
        return rows;
    }();
    return all;
}

const Vector& vectorAt(std::string_view where) {
    for (const Vector& vector : vectors()) {
        if (vector.where() == where) {
            return vector;
        }
    }
    qFatal("no captured message %s", std::string{where}.c_str());
    std::abort();
}

} // namespace kolam::test
