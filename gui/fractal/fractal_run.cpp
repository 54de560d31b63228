// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/fractal_run.h"

namespace kolam::gui {

using fractal::ImageState;

FractalRun::FractalRun(FractalBackend& backend, ElementControl* control, QString pool, QObject* parent)
    : QObject(parent)
    , m_backend(backend)
    , m_control(control)
    , m_poolHandle(std::move(pool))
    , m_picture(m_colours)
    , m_pool(m_colours)
    , m_teller(m_events, m_colours)
    , m_navigation(homePlace()) {
    connect(&m_backend, &FractalBackend::updated, this, &FractalRun::take);
    connect(&m_backend, &FractalBackend::linkChanged, this, [this](const PoolLink& link) {
        m_teller.apply(link);
        m_link = link;
        emit changed();
    });
    if (m_control == nullptr) {
        return;
    }
    connect(m_control, &ElementControl::elementChanged, this, [this](const ControlledElement& element) {
        m_pool.apply(element);
        emit changed();
    });
    connect(m_control, &ElementControl::failed, this,
            [this](const QString& reason) { m_events.add(Severity::Warning, reason); });
    connect(m_control, &ElementControl::disconnected, this, [this] { m_pool.loseControl(); });
}

std::optional<Why> FractalRun::why() const {
    std::optional<Why> why = explain(m_link, m_progress, m_sessionViews, m_poolHandle);
    if (why && why->retryIn) {
        *why->retryIn = std::max(Duration{}, *why->retryIn - Duration(m_sinceUpdate.nsecsElapsed()));
    }
    return why;
}

void FractalRun::setSessions(quint32 sessions) {
    if (sessions != m_sessions) {
        m_sessions = sessions;
        m_backend.setSessions(sessions);
        emit sessionsChanged(static_cast<int>(sessions));
    }
}

void FractalRun::visit(const Place& place) {
    m_navigation.visit(place);
    compute();
}

void FractalRun::visitView(const ViewRect& view) {
    Place place = m_navigation.current();
    place.view = view;
    visit(place);
}

void FractalRun::back() {
    if (m_navigation.canGoBack()) {
        m_navigation.back();
        compute();
    }
}

void FractalRun::forward() {
    if (m_navigation.canGoForward()) {
        m_navigation.forward();
        compute();
    }
}

void FractalRun::compute() {
    emit placeChanged(m_navigation.current());
    const wire::FractalParameter parameter = parameterOf(m_navigation.current(), m_pictureSize);
    // Where the present picture fills the frame meanwhile, a coarse one would only take time.
    m_backend.start(parameter, m_picture.canStandFor(parameter) ? fractal::CoarsePass::No : fractal::CoarsePass::Yes);
}

void FractalRun::stop() {
    m_backend.cancel();
}

bool FractalRun::isComputing() const {
    return m_progress && m_progress->state == ImageState::Computing;
}

void FractalRun::kill(PeIdentifier element) {
    if (m_control != nullptr) {
        m_events.add(Severity::Warning, tr("%1 is killed now.").arg(m_teller.fullName(element)));
        m_control->kill(element);
    }
}

void FractalRun::freeze(PeIdentifier element) {
    if (m_control != nullptr) {
        m_events.add(Severity::Warning, tr("%1 is frozen now.").arg(m_teller.fullName(element)));
        m_control->freeze(element);
    }
}

void FractalRun::restart(PeIdentifier element) {
    if (m_control != nullptr) {
        m_events.add(Severity::Info, tr("%1 is started again.").arg(m_teller.fullName(element)));
        m_control->restart(element);
    }
}

bool FractalRun::killBusiest() {
    const int victim = m_pool.busiestControlled();
    if (victim >= 0) {
        kill(m_pool.row(victim).identifier);
    }
    return victim >= 0;
}

bool FractalRun::freezeBusiest() {
    const int victim = m_pool.busiestControlled();
    if (victim >= 0) {
        freeze(m_pool.row(victim).identifier);
    }
    return victim >= 0;
}

void FractalRun::restartAll() {
    for (int row = 0; row < m_pool.rowCount(); ++row) {
        if (m_pool.index(row).data(PoolModel::CanRestartRole).toBool()) {
            restart(m_pool.row(row).identifier);
        }
    }
}

void FractalRun::take(const UpdatePointer& update) {
    const bool wasComplete = m_progress && m_progress->state == ImageState::Complete && !update->begins;
    m_picture.apply(*update);
    m_pool.apply(*update, m_picture.book());
    m_teller.apply(*update);
    m_attempts.apply(*update);
    m_report.apply(*update);
    m_report.noteAttempts(m_attempts.highestRate());
    m_progress = update->progress;
    m_sessionViews = update->sessions;
    m_sinceUpdate.start();
    if (m_control != nullptr && m_progress->pointsTotal > 0) {
        m_control->reportProgress(static_cast<double>(m_progress->points) /
                                  static_cast<double>(m_progress->pointsTotal));
    }
    emit changed();
    if (m_progress->state == ImageState::Complete && !wasComplete) {
        emit completed();
    }
}

} // namespace kolam::gui
