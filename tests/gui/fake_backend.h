// SPDX-License-Identifier: GPL-3.0-or-later
// A pool that is not there: makes the same batches as the tile engine, step by step, and can be killed, frozen,
// emptied. It is as simple as what the window needs to be shown in every state; the engine has tests of its own.
#pragma once

#include "gui/fractal/element_control.h"
#include "gui/fractal/fractal_backend.h"

#include <set>

namespace kolam::gui {

class FakeBackend final : public FractalBackend {
    Q_OBJECT
public:
    explicit FakeBackend(int elements = 3, QObject* parent = nullptr);

    // What the window asks for.
    void start(const wire::FractalParameter& image, fractal::CoarsePass coarse = fractal::CoarsePass::No) override;
    void cancel() override;
    void setSessions(quint32 sessions) override;

    // What the test lets happen.
    /// Every session computes so many rows of its tile; sends one batch.
    void step(int rows = 4);
    void finish();
    void kill(PeIdentifier element);
    void revive(PeIdentifier element);
    void setRegistrar(bool there);
    /// From now on every session waits for this reason, until None.
    void setBlocked(WaitReason reason);
    /// At most so many sessions find an element; the others are refused.
    void setSlots(quint32 slotCount);
    /// From the next image on: elements know rsplib's fractals only.
    void setCompatible(bool compatible);
    void refuse(const QString& why);
    void knowNothing();
    void failTransport(const QString& why);

    [[nodiscard]] PeIdentifier element(int index) const {
        return m_elements[static_cast<std::size_t>(index) + 1].identifier;
    }
    [[nodiscard]] const wire::FractalParameter& parameter() const { return m_parameter; }
    [[nodiscard]] int starts() const { return m_starts; }
    [[nodiscard]] fractal::CoarsePass coarsePass() const { return m_coarse; } // that was asked for last
    [[nodiscard]] int cancels() const { return m_cancels; }
    [[nodiscard]] quint32 sessions() const { return static_cast<quint32>(m_sessions.size()); }
    [[nodiscard]] std::vector<quint32> expectedCounts() const;

private:
    struct Session {
        fractal::SessionView view;
        int row = 0; // of its tile
        bool failing = false;
        PeIdentifier failed;
        TimePoint failedAt{};
        bool seeking = true;
    };
    struct Batch;
    void advance(Session& session, int rows, fractal::FractalUpdate& update);
    bool settle(Session& session, fractal::FractalUpdate& update);
    void takeTile(Session& session);
    void writeRow(const Session& session, fractal::FractalUpdate& update);
    void send(fractal::FractalUpdate update);
    [[nodiscard]] quint16 nextElement();
    [[nodiscard]] quint32 countAt(quint32 x, quint32 y) const;
    [[nodiscard]] quint64 smoothCountAt(quint32 x, quint32 y) const;
    void touch(quint32 tile) { m_touched.insert(tile); }

    std::vector<fractal::ElementUse> m_elements;
    std::set<quint32> m_dead;
    std::vector<Session> m_sessions;
    wire::FractalParameter m_parameter;
    fractal::TileGrid m_grid;
    std::vector<fractal::TileStatus> m_tiles;
    std::set<quint32> m_touched; // tiles that the next batch holds
    fractal::ImageProgress m_progress;
    std::vector<fractal::FailoverEvent> m_failovers;
    PoolLink m_link;
    WaitReason m_blocked = WaitReason::None;
    quint32 m_slots = 64;
    bool m_compatible = false;
    quint64 m_image = 0;
    quint64 m_number = 0;
    TimePoint m_now{std::chrono::seconds{100}};
    quint16 m_turn = 0;
    int m_starts = 0;
    fractal::CoarsePass m_coarse = fractal::CoarsePass::No;
    int m_cancels = 0;
};

/// A demonstration's hand that kills elements of a FakeBackend.
class FakeControl final : public ElementControl {
    Q_OBJECT
public:
    explicit FakeControl(FakeBackend& backend, QObject* parent = nullptr)
        : ElementControl(parent)
        , m_backend(backend) {}
    void announce(int elements);
    void kill(PeIdentifier element) override;
    void freeze(PeIdentifier element) override;
    void restart(PeIdentifier element) override;
    void reportProgress(double done) override { m_progress = done; }
    [[nodiscard]] double progress() const { return m_progress; }

private:
    FakeBackend& m_backend;
    double m_progress = 0;
};

} // namespace kolam::gui
