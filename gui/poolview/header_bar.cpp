// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/header_bar.h"

#include "gui/common/elided_label.h"
#include "gui/common/glyphs.h"
#include "gui/common/sentences.h"
#include "gui/poolview/state_story.h"

#include <QGridLayout>

namespace kolam::gui {

namespace {

void paintWith(QLabel& label, const QColor& colour) {
    QPalette palette = label.palette();
    if (palette.color(QPalette::WindowText) != colour) {
        palette.setColor(QPalette::WindowText, colour);
        label.setPalette(palette);
    }
}

} // namespace

AgreementText agreementText(const Model& model, WallTime now) {
    const auto registrars = static_cast<int>(model.tellers().size());
    if (registrars == 0) {
        return {HeaderBar::tr("No registrar is heard"), true};
    }
    const Agreement& agreement = model.agreement();
    if (agreement.unequal > 0) {
        return {
            HeaderBar::tr("Registrars differ about %n element(s), for %1", nullptr, static_cast<int>(agreement.unequal))
                .arg(textOf(ageOf(agreement.since, now))),
            true};
    }
    const QString checksum =
        QStringLiteral("%1").arg(checksumOf(model, *model.tellers().begin()), 4, 16, QLatin1Char('0'));
    return registrars == 1
               ? AgreementText{HeaderBar::tr("One registrar (checksum %1)").arg(checksum), false}
               : AgreementText{HeaderBar::tr("%n registrars agree (checksum %1)", nullptr, registrars).arg(checksum),
                               false};
}

HeaderBar::HeaderBar(const QString& source, QWidget* parent)
    : QWidget(parent)
    , m_mark(new QLabel(this))
    , m_agreement(new QLabel(this))
    , m_age(new QLabel(this))
    , m_source(new QLabel(this))
    , m_summary(new ElidedLabel(this))
    , m_alarms(new QLabel(this)) {
    for (QLabel* const label : {m_agreement, m_age, m_source, m_summary, m_alarms}) {
        label->setTextFormat(Qt::PlainText);
    }
    m_agreement->setAccessibleName(tr("Do registrars agree?"));
    m_age->setAccessibleName(tr("Age of the data"));
    m_source->setAccessibleName(tr("Source"));
    m_alarms->setAccessibleName(tr("Alarms"));
    m_summary->setAccessibleName(tr("What there is"));
    m_agreement->setProperty("role", QStringLiteral("title"));
    m_source->setText(tr("source: %1").arg(source));
    m_source->setToolTip(tr("Where everything that is shown comes from"));
    m_age->setToolTip(tr("How long ago something was heard; at least twice a second while components are connected"));
    m_mark->setFixedWidth(fontMetrics().height() + 4);
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(10, 6, 10, 2);
    grid->setHorizontalSpacing(10);
    grid->addWidget(m_mark, 0, 0);
    grid->addWidget(m_agreement, 0, 1);
    grid->addWidget(m_age, 0, 3);
    grid->addWidget(m_source, 0, 4);
    grid->addWidget(m_summary, 1, 1, 1, 3);
    grid->addWidget(m_alarms, 1, 4, Qt::AlignRight);
    grid->setColumnStretch(2, 1);
}

void HeaderBar::showModel(const Model& model, const PoolCounts& counts, WallTime now) {
    const AgreementText agreement = agreementText(model, now);
    m_agreement->setText(agreement.text);
    const ThemeTokens& tokens = currentTokens();
    paintWith(*m_agreement, agreement.worrying ? tokens.warning : tokens.text);
    const int side = fontMetrics().height();
    m_mark->setPixmap(glyphIcon(agreement.worrying ? Glyph::Warning : Glyph::Done).pixmap(side, side));
    QStringList parts{tr("%n pool(s)", nullptr, counts.pools), tr("%n element(s)", nullptr, counts.elements),
                      tr("%n registrar(s)", nullptr, counts.registrars),
                      tr("%n session(s)", nullptr, static_cast<int>(counts.sessions)),
                      tr("%n failover(s) in the last hour", nullptr, counts.failoversLastHour)};
    if (counts.failoverP95 > Duration::zero()) {
        parts.append(tr("p95 %1").arg(textOf(counts.failoverP95)));
    }
    if (model.lost() > 0) {
        parts.append(tr("%n event(s) lost", nullptr, static_cast<int>(model.lost())));
    }
    m_summary->setText(parts.join(QStringLiteral("   ·   ")));
    m_summary->setToolTip(m_summary->text());
}

void HeaderBar::showAlarms(int count) {
    m_alarms->setText(count == 0 ? QString() : tr("⚠ %n alarm(s)", nullptr, count));
    paintWith(*m_alarms, currentTokens().bad);
}

void HeaderBar::showAge(const std::optional<Duration>& age, bool stale, const QString& moment) {
    m_age->setText(!moment.isEmpty()                ? moment
                   : !age                           ? tr("no data yet")
                   : *age < std::chrono::seconds{1} ? tr("data: now")
                                                    : tr("data %1 old").arg(ageText(*age)));
    paintWith(*m_age, stale ? currentTokens().bad : currentTokens().muted);
}

} // namespace kolam::gui
