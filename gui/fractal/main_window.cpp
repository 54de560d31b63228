// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/main_window.h"

#include "gui/common/shortcut_sheet.h"
#include "gui/fractal/events_view.h"
#include "gui/fractal/figures.h"
#include "gui/fractal/fractal_canvas.h"
#include "gui/fractal/gallery_model.h"
#include "gui/fractal/gallery_view.h"
#include "gui/fractal/legend.h"
#include "gui/fractal/palette_editor.h"
#include "gui/fractal/picture_file.h"
#include "gui/fractal/picture_panel.h"
#include "gui/fractal/pool_panel.h"
#include "gui/fractal/slide_show.h"
#include "gui/fractal/status_line.h"
#include "gui/fractal/why_panel.h"
#include "gui/fractal/window_actions.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QVBoxLayout>
#include <utility>

namespace kolam::gui {

namespace {

constexpr int resizeMilliseconds = 300;

} // namespace

MainWindow::MainWindow(FractalRun& run, const Config& config)
    : m_run(run)
    , m_config(config)
    , m_title(tr("Fractals by a pool")) {
    setObjectName(QStringLiteral("fractal"));
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    setAcceptDrops(true);
    makeCentre(config.insecureLan);
    m_actions = std::make_unique<WindowActions>(*this);
    makeDocks();
    m_statusLine = new StatusLine(run, this);
    setStatusBar(m_statusLine);
    m_resizeSettle.setSingleShot(true);
    m_resizeSettle.setInterval(resizeMilliseconds);
    connectActions();
    connectRun();
    m_canvas->setPictureSize(canvasPoints());
    m_picturePanel->showPlace(run.navigation().current());
    m_picturePanel->showSessions(static_cast<int>(run.sessions()));
    readSettings(config);
    m_canvas->setFocus();
    refresh();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre(bool insecureLan) {
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (insecureLan) {
        auto* banner =
            new QLabel(tr("Local network, nothing authenticated: anybody there can pretend to be an element."), centre);
        banner->setProperty("role", QStringLiteral("banner"));
        banner->setObjectName(QStringLiteral("lanBanner"));
        banner->setAlignment(Qt::AlignCenter);
        banner->setWordWrap(true); // it must not make the window wide
        column->addWidget(banner);
    }
    m_canvas = new FractalCanvas(m_run.picture(), centre);
    column->addWidget(m_canvas, 1);
    m_why = new WhyPanel([this] { return m_run.why(); }, [this] { return m_run.attemptsPerSecond(); }, m_canvas);
    setCentralWidget(centre);
}

QDockWidget* MainWindow::addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content) {
    auto* dock = new QDockWidget(name, this);
    dock->setObjectName(QLatin1String(key)); // the saved layout names it
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetClosable);
    addDockWidget(area, dock);
    m_actions->panels->addAction(dock->toggleViewAction());
    m_actions->all.append(dock->toggleViewAction());
    return dock;
}

void MainWindow::makeDocks() {
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    const auto column = [this](std::initializer_list<QWidget*> widgets, QWidget* stretching) {
        auto* content = new QWidget(this);
        auto* layout = new QVBoxLayout(content);
        const int space = currentTokens().space;
        layout->setContentsMargins(0, 0, 0, space);
        layout->setSpacing(space);
        for (QWidget* widget : widgets) {
            layout->addWidget(widget, widget == stretching ? 1 : 0);
        }
        return content;
    };
    m_picturePanel = new PicturePanel(this);
    m_gallery = new GalleryModel(this);
    if (m_config.standardGallery) {
        m_gallery->addStandardFolders();
    }
    auto* gallery = new GalleryView(*m_gallery, this);
    connect(gallery, &GalleryView::chosen, this, [this](int row) {
        m_actions->slideShow->setChecked(false);
        showGalleryPicture(row);
    });
    m_slideShow = new SlideShow(
        m_run, [this] { return m_gallery->rowCount(); }, [this](int row) { showGalleryPicture(row); }, this);
    m_pictureDock =
        addDock(Qt::LeftDockWidgetArea, tr("Picture"), "picture", column({m_picturePanel, gallery}, gallery));
    auto* pool = new PoolPanel(m_run, this);
    m_poolDock = addDock(Qt::RightDockWidgetArea, tr("Pool"), "pool",
                         column({pool, new Figures(m_run, this), new Legend(m_run, this)}, pool));
    m_eventsDock =
        addDock(Qt::BottomDockWidgetArea, tr("What happened"), "events", new EventsView(m_run.events(), this));
    connect(m_actions->pictureOnly, &QAction::toggled, this, [this](bool on) { m_pictureDock->setVisible(!on); });
}

/// As wide and high as their content likes, in the theme's letters.
void MainWindow::arrangeDocks() {
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_pictureDock, m_poolDock}, {letter * 36, letter * 42}, Qt::Horizontal);
    resizeDocks({m_eventsDock}, {fontMetrics().height() * 9}, Qt::Vertical);
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (!std::exchange(m_arranged, true)) {
        arrangeDocks(); // before, there was no room to share out
    }
}

void MainWindow::connectActions() {
    const WindowActions& a = *m_actions;
    const auto on = [this](QAction* action, auto&& what) { connect(action, &QAction::triggered, this, what); };
    on(a.open, [this] { openByDialog(); });
    on(a.savePicture, [this] { savePicture(); });
    on(a.saveParameters, [this] { saveParameters(); });
    on(a.quit, [this] { close(); });
    on(a.back, [this] { m_run.back(); });
    on(a.forward, [this] { m_run.forward(); });
    on(a.home, [this] { m_run.visitView(homeView(m_run.navigation().current().algorithm)); });
    on(a.zoomIn, [this] { m_canvas->zoomCentre(0.5); });
    on(a.zoomOut, [this] { m_canvas->zoomCentre(2); });
    connect(a.boxZoom, &QAction::toggled, m_canvas, &FractalCanvas::setBoxMode);
    connect(m_canvas, &FractalCanvas::boxModeChanged, a.boxZoom, &QAction::setChecked);
    constexpr double step = 0.125; // of the picture
    const std::pair<QAction*, QPointF> moves[]{
        {a.left, {-step, 0}}, {a.right, {step, 0}}, {a.up, {0, -step}}, {a.down, {0, step}}};
    for (const auto& [action, share] : moves) {
        on(action, [this, by = share] { m_canvas->panBy(by); });
    }
    for (QAction* action : {a.left, a.right, a.up, a.down, a.home}) {
        action->setShortcutContext(Qt::WidgetShortcut); // lists and sliders need these keys, too
        m_canvas->addAction(action);
    }
    on(a.julia, [this] { showJuliaOfPoint(); });
    connect(a.slideShow, &QAction::toggled, this, [this](bool shown) { m_slideShow->setRunning(shown); });
    on(a.compute, [this] { m_run.compute(); });
    on(a.stop, [this] { m_run.stop(); });
    on(a.moreSessions, [this] { m_run.setSessions(std::min(64U, m_run.sessions() + 1)); });
    on(a.fewerSessions, [this] { m_run.setSessions(std::max(1U, m_run.sessions() - 1)); });
    on(a.kill, [this] { m_run.killBusiest(); });
    on(a.freeze, [this] { m_run.freezeBusiest(); });
    on(a.restart, [this] { m_run.restartAll(); });
    on(a.overlay, [this](bool shown) { setOverlay(shown ? m_lastOverlay : OverlayMode::None); });
    for (int index = 0; index < a.overlays.size(); ++index) {
        on(a.overlays[index], [this, index] { setOverlay(overlayModes[static_cast<std::size_t>(index)]); });
    }
    const auto turnPalette = [this](int by) {
        Colouring colouring = m_run.picture().image().colouring();
        const int count = static_cast<int>(palettes().size());
        colouring.palette = (colouring.palette + by + count) % count;
        setColouring(colouring);
    };
    on(a.nextPalette, [turnPalette] { turnPalette(1); });
    on(a.previousPalette, [turnPalette] { turnPalette(-1); });
    on(a.editPalette, [this] { editPalette(); });
    for (int index = 0; index < a.themes.size(); ++index) {
        on(a.themes[index], [this, index] { setTheme(static_cast<Theme>(index)); });
    }
    on(a.fullScreen, [this](bool full) { full ? showFullScreen() : showNormal(); });
    on(a.copyEvents, [this] { copyToClipboard(m_run.events().allAsText()); });
    on(a.help, [this] { showSheet(); });
    on(a.about, [this] { showAbout(); });
}

void MainWindow::showGalleryPicture(int row) {
    m_title = m_gallery->index(row).data().toString();
    wear(m_gallery->colouring(row));
    const Place place = placeOf(m_gallery->parameter(row));
    if (m_first) {
        m_first = place;
    } else {
        m_run.visit(place);
    }
}

void MainWindow::editPalette() {
    auto* editor = new PaletteEditor(m_run.picture().image().colouring(), this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &PaletteEditor::edited, this, [this](const std::vector<QRgb>& stops) {
        Colouring colouring = m_run.picture().image().colouring();
        colouring.palette = ownPaletteIndex();
        colouring.own = stops;
        setColouring(colouring);
    });
    editor->show(); // the picture beside it can still be moved
}

/// Every point of the Mandelbrot set is the constant of a Julia set.
void MainWindow::showJuliaOfPoint() {
    const Place& here = m_run.navigation().current();
    const bool classic = here.algorithm == wire::FractalAlgorithm::Mandelbrot; // z^2 - c
    if (!m_pointed || (!classic && here.algorithm != wire::FractalAlgorithm::SmoothMandelbrot)) {
        m_statusLine->showForAWhile(tr("Point at a place of the Mandelbrot set first."));
        return;
    }
    Place place = homePlace(wire::FractalAlgorithm::Julia);
    place.maxIterations = here.maxIterations;
    place.k = classic ? -*m_pointed : *m_pointed;
    m_run.visit(place);
}

void MainWindow::connectRun() {
    connect(&m_run, &FractalRun::changed, this, &MainWindow::refresh);
    connect(&m_run, &FractalRun::placeChanged, this, [this](const Place& place) {
        m_picturePanel->showPlace(place);
        m_canvas->showView(place.view.fitted(m_run.pictureSize()));
    });
    connect(&m_run, &FractalRun::sessionsChanged, m_picturePanel, &PicturePanel::showSessions);
    connect(m_canvas, &FractalCanvas::viewChosen, this, [this](const ViewRect& view) {
        m_actions->slideShow->setChecked(false); // somebody wants to see this one
        m_run.visitView(view);
    });
    connect(m_canvas, &FractalCanvas::limitReached, this, [this] {
        m_statusLine->showForAWhile(tr(
            "Here is the end: the numbers that this fractal is computed with cannot tell closer points apart, or the "
            "plane ends."));
    });
    connect(m_canvas, &FractalCanvas::hovered, this,
            [this](const DeepNumber& number) { m_pointed = number.rounded(); });
    connect(m_canvas, &FractalCanvas::left, this, [this] { m_pointed.reset(); });
    connect(m_canvas, &FractalCanvas::hovered, m_statusLine, &StatusLine::showPoint);
    connect(m_canvas, &FractalCanvas::left, m_statusLine, &StatusLine::showNoPoint);
    connect(m_canvas, &FractalCanvas::resized, &m_resizeSettle, qOverload<>(&QTimer::start));
    connect(&m_resizeSettle, &QTimer::timeout, this, &MainWindow::fitPicture);
    connect(m_picturePanel, &PicturePanel::placeEdited, &m_run, &FractalRun::visit);
    connect(m_picturePanel, &PicturePanel::colouringEdited, this, &MainWindow::setColouring);
    connect(m_picturePanel, &PicturePanel::overlayEdited, this, &MainWindow::setOverlay);
    connect(m_picturePanel, &PicturePanel::sessionsEdited, this,
            [this](int sessions) { m_run.setSessions(static_cast<quint32>(sessions)); });
}

QSize MainWindow::canvasPoints() const {
    const QSize points = (QSizeF(m_canvas->size()) * m_canvas->devicePixelRatioF()).toSize();
    return m_config.imageSize.value_or(points.expandedTo(QSize(1, 1)));
}

void MainWindow::fitPicture() {
    if (canvasPoints() == m_run.pictureSize() && !m_first) {
        return;
    }
    m_run.setPictureSize(canvasPoints());
    m_canvas->setPictureSize(m_run.pictureSize());
    if (m_first) {
        m_run.visit(*std::exchange(m_first, std::nullopt));
    } else {
        m_run.compute();
    }
}

void MainWindow::begin(const Place& place) {
    m_first = place;
    m_resizeSettle.start();
}

void MainWindow::openFile(const QString& path) {
    const auto picture = readPicture(path);
    if (!picture) {
        showTrouble(picture.error());
        return;
    }
    if (picture->colouring) {
        wear(*picture->colouring);
    }
    m_title = QFileInfo(path).completeBaseName();
    if (m_first) {
        m_first = placeOf(picture->parameter);
    } else {
        m_run.visit(placeOf(picture->parameter));
    }
}

/// Colours that come with a picture. When no palette of one's own is among them, people keep theirs.
void MainWindow::wear(Colouring colouring) {
    if (colouring.own.empty()) {
        colouring.own = m_run.picture().image().colouring().own;
    }
    setColouring(colouring);
}

void MainWindow::setColouring(const Colouring& colouring) {
    m_run.picture().setColouring(colouring);
    m_picturePanel->showColouring(colouring);
}

void MainWindow::setOverlay(OverlayMode mode) {
    if (mode != OverlayMode::None) {
        m_lastOverlay = mode;
    }
    m_run.picture().setOverlay(mode);
    m_picturePanel->showOverlay(mode);
    m_actions->overlay->setChecked(mode != OverlayMode::None);
    m_actions->overlays[static_cast<int>(mode)]->setChecked(true);
}

void MainWindow::setTheme(Theme theme) {
    applyTheme(*qApp, theme);
    m_actions->pictureOnly->setChecked(theme == Theme::Presenter); // large letters need the room
    arrangeDocks();
    m_actions->themes[static_cast<int>(theme)]->setChecked(true);
    refresh();
}

void MainWindow::showSheet() {
    const QList<Gesture> gestures{{tr("Zoom at the pointer"), tr("turn the wheel")},
                                  {tr("Move the picture"), tr("drag")},
                                  {tr("Zoom into a box"), tr("Shift and drag, or drag with the right button")},
                                  {tr("Centre here and zoom in"), tr("double click")},
                                  {tr("Open a file"), tr("drop it on the window")}};
    auto* sheet = new ShortcutSheet(m_actions->all, gestures, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open(); // never exec(): the window can close under it
}

void MainWindow::refresh() {
    m_why->refresh();
    const bool computing = m_run.isComputing();
    m_actions->stop->setEnabled(computing);
    m_actions->back->setEnabled(m_run.navigation().canGoBack());
    m_actions->forward->setEnabled(m_run.navigation().canGoForward());
    const bool canKill = m_run.pool().busiestControlled() >= 0;
    m_actions->kill->setEnabled(canKill);
    m_actions->freeze->setEnabled(canKill);
    m_actions->savePicture->setEnabled(!m_run.picture().isEmpty());
    QString title = m_title;
    if (computing && m_run.progress()->pointsTotal > 0) {
        title = tr("%1 % – %2").arg(100 * m_run.progress()->points / m_run.progress()->pointsTotal).arg(m_title);
    }
    if (windowTitle() != title) {
        setWindowTitle(title);
    }
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings; // waits for the disk when it goes: the others are told before
    if (m_config.useSettings) {
        writeSettings(settings);
    }
    event->accept();
    hide(); // what is left to do, nobody has to watch
    emit closed();
}

} // namespace kolam::gui
