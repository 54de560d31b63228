// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/why_panel.h"

#include "gui/common/glyphs.h"
#include "gui/common/theme.h"
#include "gui/fractal/local_pool.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

namespace kolam::gui {

namespace {

QLabel* makeLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText); // names come from the network
    label->setWordWrap(true);
    label->setProperty("role", QLatin1String(role));
    return label;
}

} // namespace

WhyPanel::WhyPanel(std::function<std::optional<Why>()> ask, std::function<double()> attempts, QWidget* parent)
    : QFrame(parent)
    , m_ask(std::move(ask))
    , m_attempts(std::move(attempts))
    , m_sign(new QLabel(this))
    , m_title(makeLabel(this, "title"))
    , m_reason(makeLabel(this, ""))
    , m_advice(makeLabel(this, "muted"))
    , m_retry(makeLabel(this, "warning"))
    , m_pool(makeLabel(this, ""))
    , m_start(new QPushButton(tr("Start a &local pool"), this)) {
    setProperty("card", true);
    setAttribute(Qt::WA_TransparentForMouseEvents); // the picture under it can still be moved
    auto* layout = new QGridLayout(this);
    layout->addWidget(m_sign, 0, 0, Qt::AlignTop);
    int row = 0;
    for (QLabel* label : {m_title, m_reason, m_advice, m_retry, m_pool}) {
        layout->addWidget(label, row++, 1);
    }
    m_start->setToolTip(tr("A registrar and some elements on this host, which end with this window"));
    m_start->hide();
    layout->addWidget(m_start, row, 1, Qt::AlignLeft);
    layout->setColumnStretch(1, 1);
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &WhyPanel::refresh);
    hide();
}

void WhyPanel::refresh() {
    const std::optional<Why> why = m_ask();
    if (!why) {
        m_tick.stop();
        hide();
        return;
    }
    if (!m_tick.isActive()) {
        m_tick.start();
    }
    const int space = currentTokens().space;
    const int line = fontMetrics().height();
    m_sign->setPixmap(glyphIcon(why->kind == Why::Kind::Failed ? Glyph::Kill : Glyph::Warning)
                          .pixmap(QSize(line * 2, line * 2), devicePixelRatioF()));
    m_sign->setVisible(why->nothingMoves);
    m_title->setText(why->title);
    m_title->setVisible(why->nothingMoves);
    m_reason->setText(why->nothingMoves ? why->reason : why->title + QStringLiteral(" – ") + why->reason);
    m_advice->setText(why->advice);
    m_advice->setVisible(why->nothingMoves && !why->advice.isEmpty());
    QString retry;
    if (why->retryIn) {
        retry = tr("Next try %1.").arg(countdown(*why->retryIn));
        if (m_attempts() > 0) {
            retry += QLatin1Char(' ') +
                     tr("Attempts per waiting session: %1 a second.").arg(QLocale().toString(m_attempts(), 'f', 1));
        }
    }
    QFont title = font();
    title.setPointSizeF(title.pointSizeF() * 1.4);
    title.setBold(true);
    m_title->setFont(title);
    layout()->setContentsMargins(space * 2, why->nothingMoves ? space * 2 : space / 2, space * 2,
                                 why->nothingMoves ? space * 2 : space / 2);
    m_retry->setText(retry);
    m_retry->setVisible(!retry.isEmpty());
    showLocalPool(*why);
    setAccessibleName(text());
    place(why->nothingMoves);
    show();
}

void WhyPanel::setLocalPool(LocalPool* pool) {
    m_localPool = pool;
    connect(m_start, &QPushButton::clicked, pool, &LocalPool::start);
    connect(pool, &LocalPool::changed, this, &WhyPanel::refresh);
}

/// For whoever has no pool, or none with room.
void WhyPanel::showLocalPool(const Why& why) {
    using enum Why::Kind;
    const bool helps =
        why.nothingMoves && (why.kind == NoRegistrar || why.kind == NoElement || why.kind == TooFewSlots ||
                             why.kind == ConnectFailed || why.kind == NobodyKnowsIt);
    const QString told = m_localPool == nullptr || !helps ? QString() : m_localPool->text();
    m_pool->setText(told);
    m_pool->setVisible(!told.isEmpty());
    const bool offered =
        m_localPool != nullptr && helps &&
        (m_localPool->state() == LocalPool::State::None || m_localPool->state() == LocalPool::State::Failed);
    m_start->setVisible(offered);
    setAttribute(Qt::WA_TransparentForMouseEvents, !offered); // the picture under it can still be moved
}

/// In the middle when nothing moves, else along the lower edge, out of the way.
void WhyPanel::place(bool middle) {
    const int space = currentTokens().space;
    const QRect all = parentWidget()->rect().adjusted(space, space, -space, -space);
    const int wide = std::min(all.width(), fontMetrics().averageCharWidth() * (middle ? 64 : 130));
    const int high = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide) : sizeHint().height();
    QRect box(0, 0, wide, high);
    box.moveCenter(all.center());
    if (!middle) {
        box.moveBottom(all.bottom());
    }
    setGeometry(box);
}

QString WhyPanel::text() const {
    QStringList parts;
    for (const QLabel* label : {m_title, m_reason, m_advice, m_retry, m_pool}) {
        if (!label->isHidden()) {
            parts.append(label->text());
        }
    }
    return parts.join(QLatin1Char('\n'));
}

} // namespace kolam::gui
