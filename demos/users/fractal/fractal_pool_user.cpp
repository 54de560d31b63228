// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/users/fractal/fractal_pool_user.h"

#include "core/node/timer.h"
#include "demos/services/fractal/smooth_plane.h"
#include "demos/users/fractal/compatible.h"
#include "demos/users/fractal/image_book.h"
#include "demos/users/fractal/tile_worker.h"

#include <algorithm>
#include <array>
#include <deque>

namespace kolam::fractal {
namespace {
constexpr Duration tickInterval = 100ms;
}

/// Hands out the tiles and watches over the workers.
struct FractalPoolUser::Impl final : TileWorkerOwner {
    Impl(Dispatcher& dispatcherOf, PoolSessions& sessionsOf, Log& logOf, Config configOf)
        : dispatcher(dispatcherOf)
        , log(logOf)
        , config(std::move(configOf))
        , shared{dispatcher, sessionsOf, log, config, book, *this}
        , tick(dispatcher, [this] { onTick(); })
        , flush(dispatcher, [this] { tell(); }) {
        config.sessions = std::clamp(config.sessions, 1u, maxSessions);
    }

    std::optional<std::uint32_t> nextTile(std::uint16_t element) override {
        if (queue.empty()) {
            const auto tile = worthAskingTwiceBy(element);
            if (tile) {
                book.tileIsAskedTwice(*tile);
            }
            return tile;
        }
        const std::uint32_t tile = queue.front();
        queue.pop_front();
        return tile;
    }

    [[nodiscard]] std::optional<std::uint32_t> worthAskingTwiceBy(std::uint16_t element) const {
        const auto usual = config.asksTwice ? times.usual() : std::nullopt;
        if (!usual) {
            return std::nullopt;
        }
        std::vector<TileInWork> all;
        for (const auto& worker : workers) {
            if (const auto work = worker->work(); work && !book.isCoarse(work->tile)) {
                all.push_back(*work);
            }
        }
        return worthAskingTwice(all, element, *usual);
    }

    [[nodiscard]] bool isInWork(std::uint32_t tile, const TileWorker* besides) const {
        return std::ranges::any_of(
            workers, [&](const auto& worker) { return worker.get() != besides && worker->tile() == tile; });
    }

    [[nodiscard]] bool hasTiles() const override { return !queue.empty(); }

    void tileDone(std::uint32_t tile, Duration took) override {
        if (!book.isCoarse(tile)) {
            times.add(took);
        }
        if (book.isComplete()) {
            return finish(ImageState::Complete);
        }
        for (const auto& worker : workers) {
            if (worker->tile() == tile) {
                worker->close(); // its element was slower; what it goes on to compute is of no use
            }
        }
    }

    void metElement(bool knowsExtended) override {
        if (knowsExtended) {
            poolIsClassic = nobodyKnowsIt = false;
            onlyOthersSince.reset();
            scout = nullptr;
        } else if (!onlyOthersSince) {
            onlyOthersSince = dispatcher.now();
        }
    }

    bool mayLookFurther(const TileWorker& worker) override {
        if (somebodyWorks()) {
            return true;
        }
        scout = scout == nullptr ? &worker : scout;
        return scout == &worker;
    }

    void tileLost(const TileWorker& worker, std::uint32_t tile) override {
        if (!isInWork(tile, &worker)) {
            book.tileIs(tile, TileState::Queued);
            queue.push_front(tile);
        }
    }

    void refused(std::string why) override {
        log.warning("fractal: an element refuses the image: {}", why);
        refusal = std::move(why);
        finish(ImageState::Refused);
    }

    void changed() override {
        if (!flush.armed()) {
            flush.arm(std::max(dispatcher.now(), lastTold + config.updateInterval));
        }
    }

    void begin(const wire::FractalParameter& image) {
        if (flush.armed()) {
            flush.stop();
            tell(); // the end of the image before
        }
        refusal.clear();
        scout = nullptr;
        nobodyKnowsIt = false;
        onlyOthersSince.reset();
        const auto classic = poolIsClassic && wire::isExtended(image.algorithm) ? classicOf(image) : std::nullopt;
        const wire::FractalParameter& computed = classic ? *classic : image;
        book.begin(ImageId{++lastImage}, image, computed, coarse == CoarsePass::Yes ? coarseOf(computed) : std::nullopt,
                   config.tileSide, dispatcher.now());
        times.clear();
        queue.clear();
        for (std::uint32_t tile = 0; tile < book.tileCount(); ++tile) {
            book.isCoarse(tile) ? queue.push_front(tile) : queue.push_back(tile);
        }
        lastTold = {};
        tell();
        openSessions();
        tick.arm(dispatcher.now() + tickInterval);
    }

    /// Nobody was found who knows the extended fractal: the same part of the plane as rsplib's elements know it.
    void fallBack() {
        onlyOthersSince.reset();
        if (const wire::FractalParameter image = book.image(); classicOf(image)) {
            poolIsClassic = true;
            for (const auto& worker : workers) {
                worker->close();
            }
            begin(image);
        } else {
            nobodyKnowsIt = true;
        }
    }

    /// Ends the image: its sessions close, and a last batch says so.
    void finish(ImageState state) {
        if (book.state() != ImageState::Computing) {
            return;
        }
        book.end(state, dispatcher.now());
        queue.clear();
        for (const auto& worker : workers) {
            worker->close();
        }
        tick.stop();
        flush.arm(dispatcher.now()); // from a turn of its own: the caller may be a worker
    }

    [[nodiscard]] bool somebodyWorks() const { return std::ranges::any_of(workers, &TileWorker::isEstablished); }

    [[nodiscard]] std::uint32_t openCount() const {
        return static_cast<std::uint32_t>(std::ranges::count_if(workers, &TileWorker::isOpen));
    }

    /// Whether an element that has shown that it can compute this image should be asked for a tile of another one.
    [[nodiscard]] bool somebodyShouldAskTwice() const {
        const auto useful = book.usefulElements();
        return queue.empty() && std::ranges::any_of(useful, [this](std::uint16_t element) {
                   return worthAskingTwiceBy(element).has_value();
               });
    }

    /// As many sessions as allowed, but not more than there are tiles for them.
    void openSessions() {
        const std::size_t wanted = somebodyShouldAskTwice() ? 1 : queue.size();
        std::uint32_t idle = 0; // open, but without a tile yet
        for (const auto& worker : workers) {
            idle += worker->isOpen() && !worker->tile();
        }
        std::uint32_t open = openCount();
        for (std::uint32_t i = 0; i < config.sessions && open < config.sessions && idle < wanted; ++i) {
            if (i == workers.size()) {
                workers.push_back(std::make_unique<TileWorker>(shared, i + 1));
            }
            if (workers[i]->mayOpen() && (scout == nullptr || scout == workers[i].get())) {
                workers[i]->open();
                ++open;
                ++idle;
            }
        }
    }

    void closeSurplus() {
        for (std::uint32_t open = openCount(), i = static_cast<std::uint32_t>(workers.size());
             open > config.sessions && i > 0; --i) {
            if (workers[i - 1]->isOpen()) {
                giveBack(*workers[i - 1]);
                workers[i - 1]->close();
                --open;
            }
        }
    }

    void giveBack(TileWorker& worker) {
        if (const auto tile = worker.tile()) {
            worker.loseTile();
            tileLost(worker, *tile);
        }
    }

    void onTick() {
        tick.arm(dispatcher.now() + tickInterval);
        book.sampleSpeed(dispatcher.now());
        for (const auto& worker : workers) {
            worker->checkProgress();
            const auto stranded = worker->strandedSince();
            if (somebodyWorks() && stranded && dispatcher.now() - *stranded >= config.stealAfter) {
                giveBack(*worker);
            }
        }
        if (somebodyWorks()) {
            scout = nullptr;
            onlyOthersSince.reset();
        } else if (onlyOthersSince && dispatcher.now() - *onlyOthersSince >= config.compatibleAfter) {
            fallBack();
        }
        openSessions();
        changed();
    }

    [[nodiscard]] ImageProgress progress() const {
        ImageProgress result = book.progress(dispatcher.now());
        result.nobodyKnowsIt = nobodyKnowsIt;
        result.refusal = refusal;
        std::array<std::uint32_t, 5> reasons{};
        result.retryAt = never;
        for (const auto& worker : workers) {
            const SessionView view = worker->view();
            if (view.state == SessionState::Waiting) {
                ++result.sessionsWaiting;
                ++reasons.at(static_cast<std::size_t>(view.waitReason));
                result.retryAt = std::min(result.retryAt, view.retryAt);
            }
        }
        if (result.sessionsWaiting > 0) {
            result.waitReason = static_cast<WaitReason>(std::ranges::max_element(reasons) - reasons.begin());
        } else {
            result.retryAt = {};
        }
        return result;
    }

    /// Gives the batch to whoever wants it.
    void tell() {
        if (book.state() == ImageState::Computing) {
            openSessions(); // a worker may have closed its session, or there may be a tile again
        }
        lastTold = dispatcher.now();
        const std::shared_ptr<FractalUpdate> update = book.takeUpdate(dispatcher.now());
        if (!callback) {
            return;
        }
        update->progress = progress();
        for (const auto& worker : workers) {
            update->sessions.push_back(worker->view());
            if (worker->isEstablished()) {
                ++update->elements[update->sessions.back().element].sessions;
            }
        }
        callback(update);
    }

    Dispatcher& dispatcher;
    Log& log;
    Config config;
    ImageBook book;
    TileWorker::Shared shared;
    UpdateCallback callback;
    std::uint64_t lastImage = 0;
    CoarsePass coarse = CoarsePass::No;
    std::deque<std::uint32_t> queue; // tiles that nobody has
    TileTimes times;
    bool poolIsClassic = false;               // no element was found that knows the extended fractals
    bool nobodyKnowsIt = false;               // nor does rsplib's kind
    const TileWorker* scout = nullptr;        // looks for an element that knows them, the others wait
    std::optional<TimePoint> onlyOthersSince; // only elements were met that do not know them
    std::string refusal;
    std::vector<std::unique_ptr<TileWorker>> workers; // never fewer: one may be calling
    TimePoint lastTold{};
    Timer tick;
    Timer flush;
};

FractalPoolUser::FractalPoolUser(Dispatcher& dispatcher, PoolSessions& sessions, Log& log, Config config)
    : m_impl(std::make_unique<Impl>(dispatcher, sessions, log, std::move(config))) {}

FractalPoolUser::~FractalPoolUser() = default;

void FractalPoolUser::onUpdate(UpdateCallback callback) {
    m_impl->callback = std::move(callback);
}

ImageId FractalPoolUser::start(const wire::FractalParameter& image, CoarsePass coarse) {
    using Parameter = wire::FractalParameter;
    if (image.width < 1 || image.width > Parameter::maxSide || image.height < 1 || image.height > Parameter::maxSide ||
        image.maxIterations < 1 || image.maxIterations > Parameter::maxIterationLimit ||
        (wire::isExtended(image.algorithm) && !objection({.parameter = image}).empty())) {
        return ImageId::None;
    }
    cancel();
    m_impl->coarse = coarse;
    m_impl->begin(image);
    return ImageId{m_impl->lastImage};
}

void FractalPoolUser::cancel() {
    m_impl->finish(ImageState::Cancelled);
}

void FractalPoolUser::setSessions(std::uint32_t sessions) {
    m_impl->config.sessions = std::clamp(sessions, 1u, maxSessions);
    if (m_impl->book.state() == ImageState::Computing) {
        m_impl->closeSurplus();
        m_impl->openSessions();
        m_impl->changed();
    }
}

const FractalPoolUser::Config& FractalPoolUser::config() const {
    return m_impl->config;
}

ImageProgress FractalPoolUser::progress() const {
    return m_impl->progress();
}

const std::vector<std::uint32_t>& FractalPoolUser::counts() const {
    return m_impl->book.counts();
}

const std::vector<std::uint32_t>& FractalPoolUser::fractions() const {
    return m_impl->book.fractions();
}

} // namespace kolam::fractal
