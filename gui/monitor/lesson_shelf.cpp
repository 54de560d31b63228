// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/lesson_shelf.h"

#include "demos/lab/scenario_file.h"
#include "gui/common/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>

namespace kolam::gui {

namespace {
const QString shelf = QStringLiteral(":/kolam/scenarios");
} // namespace

QList<ShippedLesson> shippedLessons() {
    QList<ShippedLesson> lessons;
    const std::string language = languageCode(spokenLanguage()).toStdString();
    for (const QString& name : QDir(shelf).entryList(QDir::Files, QDir::Name)) {
        const QString path = shelf + u'/' + name;
        if (const auto scenario = readScenarioFile(path); scenario && !scenario->lesson.empty()) {
            lessons.append({path, QString::fromStdString(scenario->words.in(language))});
        }
    }
    return lessons;
}

std::expected<lab::Scenario, QString> readScenarioFile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::unexpected(QStringLiteral("%1: %2").arg(path, file.errorString()));
    }
    auto scenario = lab::readScenarioText(file.readAll().toStdString(), path.toStdString());
    if (!scenario) {
        return std::unexpected(QString::fromStdString(scenario.error()));
    }
    return *std::move(scenario);
}

QString copyScenario(const QString& path, const QString& target) {
    QFile file(path);
    return file.copy(target) ? QString() : QStringLiteral("%1: %2").arg(target, file.errorString());
}

bool openScenarioWindow(const QString& path) {
    return QProcess::startDetached(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--scenario"), path, QStringLiteral("--lang"), languageCode(spokenLanguage())});
}

} // namespace kolam::gui
