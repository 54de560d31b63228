// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/legend.h"

#include "gui/common/theme.h"
#include "gui/fractal/fractal_run.h"
#include "gui/fractal/tile_look.h"

#include <QPainter>

namespace kolam::gui {

using fractal::TileState;

namespace {

constexpr std::array states{TileState::Queued,      TileState::Waiting,     TileState::Computing,
                            TileState::FailingOver, TileState::Recomputing, TileState::Done};

} // namespace

Legend::Legend(FractalRun& run, QWidget* parent) : QWidget(parent), m_run(run) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&run, &FractalRun::changed, this, &Legend::refresh);
    refresh();
}

QSize Legend::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 30, lineHeight() * static_cast<int>(m_counts.size())};
}

int Legend::lineHeight() const {
    return fontMetrics().height() + currentTokens().space * 3 / 4;
}

void Legend::refresh() {
    std::array<int, 8> counts{};
    QStringList words;
    for (std::size_t index = 0; index < states.size(); ++index) {
        counts[index] = m_run.picture().book().countOf(states[index]);
        words.append(tr("%1: %2").arg(tileStateName(states[index])).arg(counts[index]));
    }
    const auto& progress = m_run.progress();
    counts[states.size()] = progress ? static_cast<int>(progress->tilesAskedTwice) : 0;
    words.append(tr("%1: %2").arg(tr("asked of two elements")).arg(counts[states.size()]));
    counts.back() = static_cast<int>(m_run.picture().book().handOvers().size());
    words.append(tr("failover marks: %1").arg(counts.back()));
    if (counts != m_counts) {
        m_counts = counts;
        update();
    }
    setAccessibleName(tr("Tiles"));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
}

void Legend::paintEvent(QPaintEvent*) {
    const ThemeTokens& tokens = currentTokens();
    QPainter painter(this);
    painter.translate(tokens.space, 0);
    const int inside = width() - 2 * tokens.space;
    const int line = lineHeight();
    const int sample = fontMetrics().height() * 2;
    const auto row = [&](std::size_t index, const QString& name, auto&& paintSample) {
        const int top = static_cast<int>(index) * line;
        const QRectF swatch(0, top + 2, sample, line - 4);
        painter.fillRect(swatch, tokens.canvas);
        painter.save();
        painter.setClipRect(swatch);
        paintSample(swatch);
        painter.restore();
        const int count = m_counts[index];
        const QRect words(sample + tokens.space, top, inside - sample - tokens.space, line);
        painter.setFont(font());
        painter.setPen(count > 0 ? tokens.text : tokens.muted);
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, name);
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignRight, QLocale().toString(count));
    };
    const QColor sampleColour = ElementColours::colourAt(0);
    const auto tile = [&](const QRectF& swatch, TileState state, bool askedTwice) {
        if (state == TileState::Computing || state == TileState::Done) {
            QColor tint = sampleColour;
            tint.setAlphaF(0.34F);
            painter.fillRect(swatch, tint);
        }
        QFont none = font();
        none.setPixelSize(1); // the words stand beside the sample
        paintTile(painter, swatch, {.state = state, .colour = sampleColour, .progress = 0.6, .askedTwice = askedTwice},
                  none);
    };
    for (std::size_t index = 0; index < states.size(); ++index) {
        row(index, tileStateName(states[index]), [&](const QRectF& swatch) { tile(swatch, states[index], false); });
    }
    row(states.size(), tr("asked of two elements"),
        [&](const QRectF& swatch) { tile(swatch, TileState::Computing, true); });
    row(states.size() + 1, tr("went on elsewhere here"), [&](const QRectF& swatch) {
        painter.setPen(QPen(Qt::white, 2, Qt::DashLine));
        painter.drawLine(QPointF(swatch.left(), swatch.center().y()), QPointF(swatch.right(), swatch.center().y()));
    });
}

} // namespace kolam::gui
