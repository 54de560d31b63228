// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that the window shows, without a widget: the picture, the pool, what happened, where one has been.
// It is fed by a backend and a demonstration's hand. Next door: main_window.h shows it.
#pragma once

#include "gui/common/element_colours.h"
#include "gui/common/event_list_model.h"
#include "gui/fractal/attempt_meter.h"
#include "gui/fractal/event_teller.h"
#include "gui/fractal/fractal_backend.h"
#include "gui/fractal/navigation.h"
#include "gui/fractal/picture.h"
#include "gui/fractal/pool_model.h"
#include "gui/fractal/run_report.h"

#include <QElapsedTimer>

namespace kolam::gui {

class FractalRun : public QObject {
    Q_OBJECT
public:
    /// Both outlive it; `control` may be null.
    FractalRun(FractalBackend& backend, ElementControl* control, QString pool, QObject* parent = nullptr);

    [[nodiscard]] Picture& picture() { return m_picture; }
    [[nodiscard]] PoolModel& pool() { return m_pool; }
    [[nodiscard]] EventListModel& events() { return m_events; }
    [[nodiscard]] const ElementColours& colours() const { return m_colours; }
    [[nodiscard]] const Navigation& navigation() const { return m_navigation; }
    [[nodiscard]] const RunReport& report() const { return m_report; }
    [[nodiscard]] const QString& poolHandle() const { return m_poolHandle; }
    [[nodiscard]] const PoolLink& link() const { return m_link; }
    /// Of the latest batch; none before the first.
    [[nodiscard]] const std::optional<fractal::ImageProgress>& progress() const { return m_progress; }
    [[nodiscard]] double attemptsPerSecond() const { return m_attempts.highestRate(); }
    /// Why nothing, or not everything, moves; its countdown is as of now.
    [[nodiscard]] std::optional<Why> why() const;

    /// The size of the pictures to come; a running one is begun again only by compute().
    void setPictureSize(QSize size) { m_pictureSize = size; }
    [[nodiscard]] QSize pictureSize() const { return m_pictureSize; }
    void setSessions(quint32 sessions);
    [[nodiscard]] quint32 sessions() const { return m_sessions; }

    /// Goes to a place and computes it.
    void visit(const Place& place);
    void visitView(const ViewRect& view);
    void back();
    void forward();
    /// Computes the current place, again if need be.
    void compute();
    void stop();
    [[nodiscard]] bool isComputing() const;

    void kill(PeIdentifier element);
    void freeze(PeIdentifier element);
    void restart(PeIdentifier element);
    /// The controlled element with the most tiles in work; false when there is none.
    bool killBusiest();
    bool freezeBusiest();
    void restartAll();

signals:
    void sessionsChanged(int sessions);
    void placeChanged(const kolam::gui::Place& place);
    /// After every batch and every news of the pool.
    void changed();
    void completed();

private:
    void take(const UpdatePointer& update);

    FractalBackend& m_backend;
    ElementControl* m_control;
    QString m_poolHandle;
    ElementColours m_colours;
    Picture m_picture;
    PoolModel m_pool;
    EventListModel m_events;
    EventTeller m_teller;
    AttemptMeter m_attempts;
    RunReport m_report;
    Navigation m_navigation;
    PoolLink m_link;
    std::optional<fractal::ImageProgress> m_progress;
    std::vector<fractal::SessionView> m_sessionViews;
    QElapsedTimer m_sinceUpdate;
    QSize m_pictureSize{1200, 800};
    quint32 m_sessions = 6;
};

} // namespace kolam::gui
