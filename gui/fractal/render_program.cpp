// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/render_program.h"

#include "gui/fractal/control_client.h"
#include "gui/fractal/picture_render.h"
#include "gui/fractal/zoom_flight.h"

#include <QCoreApplication>
#include <QTimer>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

namespace kolam::gui {

namespace {

struct RenderWords {
    Q_DECLARE_TR_FUNCTIONS(Render)
};

void say(const QString& text) {
    std::fprintf(stderr, "kolam-fractal: %s\n", qPrintable(text));
}

/// Says why nothing moves, when that lasts.
class Watcher {
public:
    explicit Watcher(QString pool) : m_pool(std::move(pool)) {
        m_patience.setSingleShot(true);
        m_patience.setInterval(patience);
        QObject::connect(&m_patience, &QTimer::timeout, &m_patience, [this] { say(m_text); });
    }
    void note(const PoolLink& link) {
        m_link = link;
        note(explain(m_link, {}, {}, m_pool));
    }
    void note(const fractal::FractalUpdate& update) { note(explain(m_link, update.progress, update.sessions, m_pool)); }

private:
    void note(const std::optional<Why>& why) {
        const QString text = why && why->nothingMoves ? why->title + QStringLiteral(". ") + why->reason : QString();
        if (text == m_text) {
            return;
        }
        m_text = text;
        if (text.isEmpty()) {
            m_patience.stop();
        } else {
            m_patience.start();
        }
    }
    static constexpr std::chrono::milliseconds patience{2000}; // a registrar is not found at once
    QString m_pool;
    PoolLink m_link;
    QString m_text;
    QTimer m_patience;
};

/// Tells of a picture or a flight, and ends the program with it.
template <typename Work>
void watch(Work& work) {
    QObject::connect(&work, &Work::becameCompatible, &work, [] {
        say(RenderWords::tr("compatible mode: banded colours. No element of the pool knows smooth fractals."));
    });
    QObject::connect(&work, &Work::progressed, &work, [](int done, int all) {
        if (done < all) {
            say(RenderWords::tr("%1 %").arg(100LL * done / all));
        }
    });
    QObject::connect(
        &work, &Work::failed, &work,
        [](const QString& why) {
            say(why);
            QCoreApplication::exit(1);
        },
        Qt::QueuedConnection);
    QObject::connect(&work, &Work::completed, &work, [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
}

} // namespace

int runRender(int argc, char* argv[], const Options& options, const LanguageChoice& language,
              const PoolBackend::Config& poolConfig) {
    const QCoreApplication application(argc, argv); // colours and files need no display
    const Translations translations(language);
    auto picture = readPicture(options.render);
    if (!picture) {
        say(picture.error());
        return 1;
    }
    if (!options.palette.isEmpty()) {
        Colouring colouring = picture->colouring.value_or(Colouring{});
        colouring.palette = paletteIndex(options.palette);
        picture->colouring = colouring;
    }
    const QSize size = options.windowSize.value_or(
        QSize(static_cast<int>(picture->parameter.width), static_cast<int>(picture->parameter.height)));
    PoolBackend backend(poolConfig);
    Watcher watcher(options.pool);
    std::unique_ptr<ElementControl> control;
    if (!options.control.isEmpty()) {
        control = std::make_unique<ControlClient>(options.control);
    }
    QObject::connect(&backend, &PoolBackend::linkChanged, &application,
                     [&watcher](const PoolLink& link) { watcher.note(link); });
    QObject::connect(&backend, &PoolBackend::updated, &application,
                     [&watcher](const UpdatePointer& update) { watcher.note(*update); });
    QObject::connect(&backend, &PoolBackend::signalled, &application, [] {
        say(RenderWords::tr("ended before the picture was complete"));
        QCoreApplication::exit(1);
    });
    const PictureRender::Config config{
        .picture = *picture, .size = size, .path = options.renderTo, .antialias = options.antialias};
    if (options.frames > 1) {
        ZoomFlight flight(backend, config, options.frames);
        watch(flight);
        if (control) {
            QObject::connect(&flight, &ZoomFlight::progressed, &flight, [&control](int done, int all) {
                control->reportProgress(static_cast<double>(done) / all);
            });
        }
        flight.start();
        return QCoreApplication::exec();
    }
    PictureRender render(backend, config);
    watch(render);
    if (control) {
        QObject::connect(&backend, &PoolBackend::updated, &render,
                         [&](const UpdatePointer& update) { control->reportProgress(render.done(*update)); });
    }
    render.start();
    return QCoreApplication::exec();
}

} // namespace kolam::gui
