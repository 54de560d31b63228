// SPDX-License-Identifier: GPL-3.0-or-later
// The window: picture in the middle, form and gallery left, pool right, events below. It shows a FractalRun and passes
// on what people do. Next door: window_actions.h, the menus and keys.
#pragma once

#include "gui/common/theme.h"
#include "gui/fractal/fractal_run.h"

#include <QMainWindow>
#include <QTimer>

class QDockWidget;
class QLabel;
class QSettings;

namespace kolam::gui {

class FractalCanvas;
class GalleryModel;
class PicturePanel;
class SlideShow;
class StatusLine;
class WhyPanel;
struct WindowActions;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    struct Config {
        std::optional<QSize> imageSize; // none: the canvas's own
        bool insecureLan = false;       // show the banner
        QString palette;                // key; empty: as last time
        QString overlay;                // key; empty: as last time
        bool useSettings = true;        // remember layout and choices
        bool standardGallery = true;    // the files of this program and of rsplib
    };
    MainWindow(FractalRun& run, const Config& config);
    ~MainWindow() override;

    /// Opens a parameter file, or a picture that remembers its parameters; tells people when it cannot.
    void openFile(const QString& path);
    /// Computes the first picture as soon as the window has its size.
    void begin(const Place& place);
    [[nodiscard]] FractalCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] const WindowActions& actions() const { return *m_actions; }
    [[nodiscard]] SlideShow& slideShow() { return *m_slideShow; }
    [[nodiscard]] WhyPanel& whyPanel() { return *m_why; }

signals:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCentre(bool insecureLan);
    void makeDocks();
    void arrangeDocks();
    void connectActions();
    void connectRun();
    QDockWidget* addDock(Qt::DockWidgetArea area, const QString& name, const char* key, QWidget* content);
    [[nodiscard]] QSize canvasPoints() const;
    void fitPicture();
    void setColouring(const Colouring& colouring);
    void wear(Colouring colouring);
    void setOverlay(OverlayMode mode);
    void setTheme(Theme theme);
    void showGalleryPicture(int row);
    void editPalette();
    void showJuliaOfPoint();
    void openByDialog();
    void savePicture();
    void saveParameters();
    static void copyToClipboard(const QString& text);
    void showSheet();
    void showAbout();
    void showTrouble(const QString& text);
    void refresh();
    void readSettings(const Config& config);
    void writeSettings(QSettings& settings) const;

    FractalRun& m_run;
    Config m_config;
    FractalCanvas* m_canvas = nullptr;
    WhyPanel* m_why = nullptr;
    PicturePanel* m_picturePanel = nullptr;
    GalleryModel* m_gallery = nullptr;
    StatusLine* m_statusLine = nullptr;
    SlideShow* m_slideShow = nullptr;
    std::optional<QPointF> m_pointed; // the number under the pointer
    QDockWidget* m_pictureDock = nullptr;
    QDockWidget* m_poolDock = nullptr;
    QDockWidget* m_eventsDock = nullptr;
    bool m_arranged = false; // the docks have their sizes
    std::unique_ptr<WindowActions> m_actions;
    QTimer m_resizeSettle;        // a window being drawn larger asks the pool once, when it rests
    std::optional<Place> m_first; // to be computed when the window has its size
    QString m_title;
    OverlayMode m_lastOverlay = OverlayMode::Elements; // what the overlay key brings back
};

} // namespace kolam::gui
