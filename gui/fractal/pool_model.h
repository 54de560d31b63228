// SPDX-License-Identifier: GPL-3.0-or-later
// The pool's elements as a list: what the engine says of those that work for us, and what a demonstration says of those
// that it started. Next door: pool_panel.h shows it, tile_book.h counts the tiles.
#pragma once

#include "gui/common/element_colours.h"
#include "gui/fractal/element_control.h"
#include "gui/fractal/tile_book.h"

#include <QAbstractListModel>
#include <QPointer>

namespace kolam::gui {

/// What people are told about an element.
enum class ElementHealth : quint8 {
    Working, // computes for us
    Idle,    // known, without work of ours
    Frozen,  // its process is stopped
    Lost,    // we failed over away from it
    Killed,  // its process is gone
};
[[nodiscard]] QString elementHealthName(ElementHealth health);

struct PoolRow {
    PeIdentifier identifier;
    QString address;
    ElementHealth health = ElementHealth::Idle;
    bool isOurs = false;
    quint32 sessions = 0;
    int tilesWorking = 0;
    int tilesDone = 0;
    quint64 points = 0;
    double share = 0; // of the points that are there
    quint64 failedAway = 0;
    bool controlled = false; // a demonstration can kill and restart it
    qint64 pid = 0;
    friend bool operator==(const PoolRow&, const PoolRow&) = default;
};

class PoolModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        IdentifierRole = Qt::UserRole + 1, // quint32
        LetterRole,
        ColourRole,
        HealthRole, // int of ElementHealth
        CanKillRole,
        CanRestartRole,
    };
    explicit PoolModel(ElementColours& colours, QObject* parent = nullptr);

    void apply(const fractal::FractalUpdate& update, const TileBook& book);
    void apply(const ControlledElement& element);
    /// The demonstration's hand is gone: its buttons go, too.
    void loseControl();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] const PoolRow& row(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// The element to kill for the best show: running, controlled, with the most tiles in work. -1: none.
    [[nodiscard]] int busiestControlled() const;
    /// "Element B".
    [[nodiscard]] QString nameOf(PeIdentifier element) const;

private:
    PoolRow& rowOf(PeIdentifier element);
    void changed(const std::vector<PoolRow>& before);
    static ElementHealth healthOf(const PoolRow& row, const fractal::ElementUse& use);

    ElementColours& m_colours;
    std::vector<PoolRow> m_rows;
    QHash<quint32, ProcessState> m_processes; // of the controlled ones
};

} // namespace kolam::gui
