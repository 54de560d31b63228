// SPDX-License-Identifier: GPL-3.0-or-later
// One session of the tile engine: asks its element for one tile after the other, and knows when that goes wrong.
// Next door: fractal_pool_user.cpp hands out the tiles, image_book.h keeps the points.
#pragma once

#include "core/base/log.h"
#include "core/dispatch/dispatcher.h"
#include "demos/users/fractal/fractal_pool_user.h"
#include "demos/users/fractal/hedging.h"
#include "demos/users/fractal/image_book.h"

#include <optional>
#include <string>
#include <vector>

namespace kolam::fractal {

class TileWorker;

/// Whom a worker asks what to do.
class TileWorkerOwner {
public:
    virtual ~TileWorkerOwner() = default;
    /// The next tile for a session at this element that is ready for one; nothing: none is left for it.
    virtual std::optional<std::uint32_t> nextTile(std::uint16_t element) = 0;
    [[nodiscard]] virtual bool hasTiles() const = 0;
    /// A tile was completed in so much time; may end the image, and every session with it.
    virtual void tileDone(std::uint32_t tile, Duration took) = 0;
    /// An element was met that knows the extended fractals, or, while one is computed, one that does not.
    virtual void metElement(bool knowsExtended) = 0;
    /// Somewhere else, now? Only one session looks for an element that knows the fractal as long as nobody has found
    /// one.
    virtual bool mayLookFurther(const TileWorker& worker) = 0;
    /// A session that has to leave its tile unfinished gives it back.
    virtual void tileLost(const TileWorker& worker, std::uint32_t tile) = 0;
    /// An element says that the image cannot be computed; may end it.
    virtual void refused(std::string why) = 0;
    /// Something for the next batch.
    virtual void changed() = 0;
};

class TileWorker final : public SessionHandler {
public:
    struct Shared { // what all workers have in common
        Dispatcher& dispatcher;
        PoolSessions& sessions;
        Log& log;
        const FractalPoolUser::Config& config;
        ImageBook& book;
        TileWorkerOwner& owner;
    };
    TileWorker(Shared& shared, std::uint32_t number) : m_shared(shared), m_number(number) {}
    ~TileWorker() override { close(); }
    TileWorker(const TileWorker&) = delete;
    TileWorker& operator=(const TileWorker&) = delete;

    void open();
    /// Ends the session; a tile it had is nobody's now.
    void close();
    [[nodiscard]] bool isOpen() const { return m_session != SessionId::None; }
    /// False for a moment after all elements that were found did not know the fractal.
    [[nodiscard]] bool mayOpen() const { return !isOpen() && m_shared.dispatcher.now() >= m_restsUntil; }
    [[nodiscard]] bool isEstablished() const { return m_established; }
    [[nodiscard]] std::optional<std::uint32_t> tile() const { return m_tile; }
    /// What it computes, if it does.
    [[nodiscard]] std::optional<TileInWork> work() const;
    /// Since when it has a tile but no element, if so.
    [[nodiscard]] std::optional<TimePoint> strandedSince() const;
    /// Takes its tile away; the session goes on.
    void loseTile();
    /// Called a few times a second: fails over when the element lives but delivers nothing.
    void checkProgress();
    [[nodiscard]] SessionView view() const;

    void onEstablished(PeIdentifier element, bool resumed) override;
    void onMessage(std::uint32_t ppid, OctetView data) override;
    void onFailoverBegin(PeIdentifier failed, FailoverCause cause) override;
    void onFailoverEnd(PeIdentifier failed, PeIdentifier next, FailoverCause cause, Duration took) override;
    void onStatus(const SessionStatus& status) override;
    void onWritable() override;

private:
    void decide();
    void skipElement();
    void begin(bool resumed);
    void goOn();
    void noteAsked();
    void request();
    template <typename Data>
    void take(OctetView octets, Data& data);
    void atEnd();
    void giveUpElement(std::string_view why);
    [[nodiscard]] bool isStale() const;

    Shared& m_shared;
    std::uint32_t m_number;
    SessionId m_session = SessionId::None;
    SessionStatus m_status;
    std::optional<std::uint32_t> m_tile;
    bool m_established = false; // at an element that computes for us
    bool m_undecided = false;   // it has not said yet whether it knows our fractals
    bool m_skipping = false;    // on the way from one that does not to one that might
    std::vector<PeIdentifier> m_skipped;
    bool m_requestWaits = false; // the association took no more: again at onWritable()
    bool m_endWanted = false;    // the tile is complete, but the element has not said so yet
    bool m_resumed = false;
    std::uint32_t m_emptyEnds = 0; // ends of a tile that were none, in a row
    std::uint16_t m_element = 0;   // index in the book
    bool m_wasUseful = false;      // this session has been given a tile
    TimePoint m_askedAt{};         // its element, for the tile
    std::uint64_t m_pointsThen = 0;
    TimePoint m_restsUntil{};
    TimePoint m_openedAt{};
    TimePoint m_lastProgress{};
    TimePoint m_lostAt{};
    wire::FractalData m_data; // both kept for their memory
    wire::ExtendedFractalData m_extendedData;
};

} // namespace kolam::fractal
