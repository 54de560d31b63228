// SPDX-License-Identifier: GPL-3.0-or-later
// kolam-fractal: fractals computed by a pool. Reads options, builds backend, run and window, turns the loop.
#include "core/transport/local_addresses.h"
#include "gui/common/identity.h"
#include "gui/common/language.h"
#include "gui/fractal/control_client.h"
#include "gui/fractal/local_pool.h"
#include "gui/fractal/main_window.h"
#include "gui/fractal/options.h"
#include "gui/fractal/pool_backend.h"
#include "gui/fractal/render_program.h"
#include "gui/fractal/run_output.h"
#include "gui/fractal/why_panel.h"
#include "gui/fractal/window_actions.h"
#include "programs/common/signals.h"

#include <QApplication>
#include <QSettings>
#include <cstdio>

using namespace kolam;
using namespace kolam::gui;

namespace {

PoolBackend::Config backendConfig(const Options& options, quint32 sessions) {
    PoolBackend::Config config;
    config.user.registrars.fixed = options.registrars;
    config.user.registrars.loopbackOnly = !options.insecureLan;
    config.user.profile = *options.profile;
    config.user.features = wire::Features::extendedFractals;
    if (options.insecureLan) {
        config.user.local = TransportAddress{transport::localAddresses(), 0};
    }
    config.engine.pool = PoolHandle{options.pool.toStdString()};
    config.engine.sessions = sessions;
    config.transport = options.transport;
    config.component = options.component;
    return config;
}

} // namespace

int main(int argc, char* argv[]) {
    programs::blockSignals(); // before the first thread
    QStringList arguments;
    for (int index = 0; index < argc; ++index) {
        arguments.append(QString::fromLocal8Bit(argv[index]));
    }
    QCoreApplication::setOrganizationName(QStringLiteral("kolam"));
    QCoreApplication::setApplicationName(QStringLiteral("kolam-fractal"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KOLAM_VERSION));
    const LanguageChoice language = chosenLanguage(arguments);
    const auto options = [&] { // before there is a display: --help needs none
        QCoreApplication words(argc, argv);
        const Translations translations(language);
        return parseCommandLine(arguments);
    }();
    if (!options) {
        std::fputs(qPrintable(options.error().text), options.error().isError ? stderr : stdout);
        if (options.error().isError) {
            std::fputs("\n\"kolam-fractal --help\" lists all options.\n", stderr);
        }
        return options.error().isError ? 2 : 0;
    }
    if (!options->render.isEmpty()) {
        return runRender(argc, argv, *options, language,
                         backendConfig(*options, static_cast<quint32>(options->sessions.value_or(6))));
    }
    QApplication application(argc, argv);
    const Translations translations(language);
    QApplication::setApplicationDisplayName(QStringLiteral("Kolam"));
    introduce(QStringLiteral("kolam-fractal"));

    QSettings settings;
    if (options->resetSettings) {
        settings.clear();
    }
    const bool nobodyWatches = options->exitAfterComplete; // what earlier people chose does not matter then
    const QString theme = options->theme.isEmpty() && !nobodyWatches
                              ? settings.value(QStringLiteral("theme")).toString()
                              : options->theme;
    applyTheme(application, themeFromName(theme, nobodyWatches ? Theme::Dark : themeOfDesktop()));
    const int sessions =
        std::clamp(options->sessions.value_or(settings.value(QStringLiteral("fractal/sessions"), 6).toInt()), 1, 64);

    PoolBackend backend(backendConfig(*options, static_cast<quint32>(sessions)));
    std::unique_ptr<ElementControl> control;
    if (!options->control.isEmpty()) {
        control = std::make_unique<ControlClient>(options->control);
    }
    FractalRun run(backend, control.get(), options->pool);
    run.setSessions(static_cast<quint32>(sessions));
    MainWindow window(run, {.imageSize = options->imageSize,
                            .insecureLan = options->insecureLan,
                            .palette = options->palette,
                            .overlay = options->overlay,
                            .useSettings = !nobodyWatches});
    LocalPool localPool({.programs = QCoreApplication::applicationDirPath().toStdString(),
                         .pool = options->pool,
                         .transport = QString::fromStdString(std::string{toText(options->transport)})});
    window.whyPanel().setLocalPool(&localPool);
    QObject::connect(&localPool, &LocalPool::registrarStarted, &window, [&](const TransportAddress& registrar) {
        backend.useRegistrar(registrar);
        run.compute();
    });
    RunOutput output(*options, run, window);
    QObject::connect(&output, &RunOutput::done, &window, &QWidget::close);
    QObject::connect(&backend, &PoolBackend::signalled, &window, &QWidget::close);
    QObject::connect(&window, &MainWindow::closed, &output, &RunOutput::finish);
    QObject::connect(&window, &MainWindow::closed, &backend, &PoolBackend::close); // while the window goes
    QObject::connect(&window, &MainWindow::closed, &application, &QCoreApplication::quit);
    if (options->windowSize) {
        window.resize(*options->windowSize);
    } else if (nobodyWatches || !settings.contains(QStringLiteral("fractal/geometry"))) {
        window.resize(1440, 900);
    }
    if (backend.wasSignalled()) { // a window that nobody wants any more takes long to be drawn
        output.finish();
        return output.exitCode();
    }
    window.show();
    window.begin(homePlace());
    if (!options->picture.isEmpty()) {
        window.openFile(options->picture);
    }
    window.actions().slideShow->setChecked(options->slideShow);
    QApplication::exec();
    return output.exitCode();
}
