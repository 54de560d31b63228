// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/figures.h"

#include "gui/common/theme.h"
#include "gui/fractal/fractal_run.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace kolam::gui {

QString shortNumber(double number) {
    const QLocale locale;
    if (number >= 999.5e3) {
        return Figures::tr("%1 M").arg(locale.toString(number / 1e6, 'f', number < 10e6 ? 1 : 0));
    }
    return number >= 999.5 ? Figures::tr("%1 k").arg(locale.toString(number / 1e3, 'f', 0))
                           : locale.toString(number, 'f', 0);
}

Figures::Figures(FractalRun& run, QWidget* parent) : QWidget(parent), m_run(run) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(currentTokens().space, 0, currentTokens().space, 0);
    grid->setSpacing(currentTokens().space);
    m_failovers = add(tr("failovers"), tr("Sessions that lost their element while they computed this picture"));
    m_failoverTime =
        add(tr("median failover"), tr("From the loss of an element until the session stood at the next one"));
    for (int index = 0; index < m_all.size(); ++index) {
        grid->addWidget(m_all[index]->parentWidget(), index / 2, index % 2);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&run, &FractalRun::changed, this, &Figures::refresh);
    refresh();
}

QLabel* Figures::add(const QString& caption, const QString& help) {
    auto* box = new QFrame(this);
    box->setProperty("card", true);
    box->setToolTip(help);
    auto* value = new QLabel(box);
    value->setTextFormat(Qt::PlainText);
    value->setAccessibleName(caption);
    auto* words = new QLabel(caption, box);
    words->setProperty("role", QStringLiteral("muted"));
    auto* column = new QVBoxLayout(box);
    const int space = currentTokens().space;
    column->setContentsMargins(space, space / 2, space, space / 2);
    column->setSpacing(0);
    column->addWidget(value);
    column->addWidget(words);
    m_all.append(value);
    return value;
}

void Figures::refresh() {
    for (QLabel* label : m_all) {
        QFont large = font();
        large.setPointSizeF(large.pointSizeF() * 1.5);
        large.setBold(true);
        if (label->font() != large) {
            label->setFont(large);
        }
    }
    const std::optional<fractal::ImageProgress>& progress = m_run.progress();
    if (!progress) {
        for (QLabel* label : m_all) {
            label->setText(QStringLiteral("–"));
        }
        return;
    }
    m_failovers->setText(QLocale().toString(static_cast<qulonglong>(progress->failovers)));
    m_failoverTime->setText(progress->failoverTimes.count == 0 ? QStringLiteral("–")
                                                               : durationInWords(progress->failoverTimes.median));
}

} // namespace kolam::gui
