// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/feeds/core_feed.h"

#include "core/node/enrp_source.h"
#include "core/telemetry/csp_source.h"
#include "core/telemetry/event_source.h"
#include "core/telemetry/recording_store.h"
#include "core/telemetry/recording_writer.h"
#include "gui/common/sentences.h"
#include "programs/common/signals.h"
#include "programs/common/transport_choice.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace kolam::gui {

namespace {
constexpr std::chrono::milliseconds patience{300}; // of a window that wants to close
constexpr std::chrono::milliseconds batchInterval{33};
constexpr std::chrono::milliseconds aliveInterval{500};
constexpr std::ptrdiff_t mostInABatch = 2'000; // events: some milliseconds of the window's time
constexpr std::size_t messagesInABatch = 6;    // people see no more dots, and a history full of messages is a short one
constexpr std::size_t enrpMessagesInABatch = 60; // which are few, and counted in a chart
} // namespace

/// Everything that lives in the thread.
struct CoreFeed::Core {
    Core(CoreFeed& ownFeed, Config ownConfig) : feed(ownFeed), config(std::move(ownConfig)) {}

    void open(DescriptorDispatcher& ownDispatcher) {
        dispatcher = &ownDispatcher;
        signalWatch.emplace(*dispatcher, [this](int) { emit feed.signalled(); });
        if (!config.record.empty()) {
            auto opened = telemetry::RecordingWriter::open(telemetry::recordingPath(config.record));
            if (opened) {
                recording = std::move(*opened);
            } else {
                emit feed.failed(QString::fromStdString(opened.error()));
            }
        }
        if (!config.history.empty()) {
            const std::uint64_t parts = 16; // of which the oldest goes when there is too much
            auto opened = telemetry::RecordingStore::open(
                config.history, {.octets = config.historyOctets, .recording = config.historyOctets / parts});
            if (opened) {
                history = std::move(*opened);
            } else {
                emit feed.failed(QString::fromStdString(opened.error()));
            }
        }
        source = std::make_unique<telemetry::EventSource>(
            *dispatcher,
            telemetry::EventSource::Config{.folder = config.folder,
                                           .level =
                                               config.messages ? telemetry::Level::Messages : telemetry::Level::State,
                                           .silence = telemetry::shownSilence},
            [this](const telemetry::Event& event) { take(event); });
        if (config.csp) {
            auto opened = telemetry::CspSource::open(
                *dispatcher, {.local = *config.csp, .limits = {}},
                [this](const telemetry::Event& event, OctetView datagram) { take(event, datagram); });
            if (opened) {
                reports = std::move(*opened);
            } else {
                emit feed.failed(QString::fromStdString(opened.error()));
            }
        }
        askRegistrars();
        tellAlive();
    }
    void askRegistrars() {
        if (config.enrp.empty()) {
            return;
        }
        auto opened = programs::openTransport(programs::TransportChoice::Auto, *dispatcher);
        if (!opened) {
            emit feed.failed(QString::fromStdString(opened.error()));
            return;
        }
        transport = std::move(*opened);
        for (const TransportAddress& registrar : config.enrp) {
            asked.push_back(std::make_unique<EnrpSource>(
                *dispatcher, *transport, EnrpSource::Config{.registrar = registrar},
                [this](const telemetry::Event& event) { take(event); },
                [this](const std::string& why) { emit feed.failed(QString::fromStdString(why)); }));
        }
    }
    void tellAlive() {
        pulse = dispatcher->callIn(aliveInterval, [this] { tellAlive(); });
        const auto answering = std::ranges::count_if(asked, [](const auto& one) { return one->isAnswered(); });
        const auto connected = static_cast<int>(source->components().size()) + static_cast<int>(answering);
        if (connected > 0) {
            emit feed.alive(connected);
        }
    }
    void take(const telemetry::Event& event, OctetView datagram = {}) {
        if (!std::holds_alternative<telemetry::MessageSeen>(event.body)) {
            batch.push_back(event);
        } else if (const bool enrp = std::get<telemetry::MessageSeen>(event.body).type.starts_with("ENRP_");
                   enrp ? enrpMessages++ < enrpMessagesInABatch : messages++ < messagesInABatch) {
            batch.push_back(event);
        }
        if (recording) {
            recording->write(event, datagram);
        }
        if (history) {
            history->write(event);
        }
        flushSoon();
    }
    /// The window gets all of it, though not more at once than it can take without keeping hands waiting.
    void flushSoon() {
        if (flush == TimerId::None) {
            flush = dispatcher->callIn(batchInterval, [this] {
                flush = TimerId::None;
                messages = 0;
                enrpMessages = 0;
                if (std::ssize(batch) <= mostInABatch) {
                    emit feed.heard(std::exchange(batch, {}));
                } else {
                    const auto end = batch.begin() + mostInABatch;
                    emit feed.heard({std::make_move_iterator(batch.begin()), std::make_move_iterator(end)});
                    batch.erase(batch.begin(), end);
                    flushSoon();
                }
                if (recording && !recording->flush() && !std::exchange(troubleTold, true)) {
                    emit feed.failed(QString::fromStdString(recording->trouble()));
                }
                if (history && !history->flush() && !std::exchange(historyTroubleTold, true)) {
                    emit feed.failed(QString::fromStdString(history->trouble()));
                }
            });
        }
    }
    void close() {
        source.reset();
        reports.reset();
        asked.clear();
        transport.reset();
        recording.reset();
        history.reset();
        for (const TimerId timer : {flush, pulse}) {
            if (timer != TimerId::None) {
                dispatcher->cancel(timer);
            }
        }
        signalWatch.reset();
    }

    CoreFeed& feed;
    Config config;
    DescriptorDispatcher* dispatcher = nullptr;
    std::optional<programs::SignalWatch> signalWatch;
    std::unique_ptr<telemetry::EventSource> source;
    std::unique_ptr<telemetry::CspSource> reports;
    std::unique_ptr<transport::Transport> transport;
    std::vector<std::unique_ptr<EnrpSource>> asked;
    std::unique_ptr<telemetry::RecordingWriter> recording;
    std::unique_ptr<telemetry::RecordingStore> history;
    bool troubleTold = false;
    bool historyTroubleTold = false;
    std::vector<telemetry::Event> batch;
    std::size_t messages = 0; // in the batch
    std::size_t enrpMessages = 0;
    TimerId flush = TimerId::None;
    TimerId pulse = TimerId::None;
};

CoreFeed::CoreFeed(Config config, QObject* parent)
    : Feed(parent)
    , m_config(std::move(config))
    , m_core(std::make_shared<Core>(*this, m_config)) {
    qRegisterMetaType<std::vector<telemetry::Event>>();
    m_thread.setObjectName(QStringLiteral("core"));
    m_thread.start();
    // Later, so that whoever made us can connect to our signals first: what is told at the beginning is told once.
    QMetaObject::invokeMethod(
        this,
        [this] { m_thread.post([core = m_core, &dispatcher = m_thread.dispatcher()] { core->open(dispatcher); }); },
        Qt::QueuedConnection);
}

CoreFeed::~CoreFeed() {
    if (!m_thread.end([core = m_core] { core->close(); }, patience)) {
        std::_Exit(EXIT_SUCCESS); // whatever holds it up, the window is closed
    }
}

QString CoreFeed::name() const {
    QString text = tr("this host, scope %1").arg(m_config.scope);
    if (m_config.csp) {
        text = tr("%1, and reports at port %2").arg(text).arg(m_config.csp->port);
    }
    for (const TransportAddress& registrar : m_config.enrp) {
        text = tr("%1, and the registrar at %2").arg(text, QString::fromStdString(toText(registrar)));
    }
    return text;
}

void CoreFeed::command(telemetry::ComponentId component, const telemetry::Command& command) {
    m_thread.post([core = m_core, component, command] {
        if (!core->source) {
            return; // nobody was heard yet
        }
        core->source->command(component, command, [core, component](auto answer) {
            emit core->feed.answered(nameOf(component), answer ? QString() : QString::fromStdString(answer.error()));
        });
    });
}

QString CoreFeed::keptAt() const {
    return QString::fromStdString(m_config.history.string());
}

void CoreFeed::find(const telemetry::EventQuery& query) {
    m_thread.post([core = m_core, query] {
        auto found = core->history ? core->history->find(query) : telemetry::RecordingStore::Found{};
        emit core->feed.found(found.events, found.all);
    });
}

void CoreFeed::setMessages(bool wanted) {
    m_thread.post([core = m_core, wanted] {
        core->config.messages = wanted;
        if (core->source) {
            core->source->setLevel(wanted ? telemetry::Level::Messages : telemetry::Level::State);
        }
    });
}

} // namespace kolam::gui
