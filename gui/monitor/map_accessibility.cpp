// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/monitor/map_accessibility.h"

#include "gui/common/sentences.h"
#include "gui/monitor/topology_view.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <map>

namespace kolam::gui {

namespace {

/// One node. It is known by what it stands for: indices change, nodes stay.
class NodeFace final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    NodeFace(TopologyView& view, NodeId node) : m_view(&view), m_node(std::move(node)) {}

    [[nodiscard]] bool isValid() const override { return m_view && index() >= 0; }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_view);
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        const TopologyNode* const node = found();
        if (node == nullptr) {
            return {};
        }
        switch (kind) {
        case QAccessible::Name: return TopologyView::tr("%1, %2").arg(node->name, wordOf(node->state));
        case QAccessible::Value: return wordOf(node->state);
        case QAccessible::Description:
        case QAccessible::Help: return m_view->describe(index());
        default: return {};
        }
    }
    [[nodiscard]] QRect rect() const override {
        if (!isValid()) {
            return {};
        }
        const QRect here = m_view->screenRect(index()).toRect();
        return {m_view->mapToGlobal(here.topLeft()), here.size()};
    }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.selected = m_view && m_view->selected() == m_node;
        state.focused = state.selected && m_view->hasFocus();
        state.invalid = !isValid();
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override {
        if (name == pressAction() && isValid()) {
            emit m_view->chosen(m_node);
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }
    [[nodiscard]] const NodeId& node() const { return m_node; }

private:
    [[nodiscard]] int index() const { return m_view ? m_view->topology().find(m_node) : -1; }
    [[nodiscard]] const TopologyNode* found() const {
        const int at = index();
        return at < 0 ? nullptr : &m_view->topology().nodes[static_cast<std::size_t>(at)];
    }
    QPointer<TopologyView> m_view;
    NodeId m_node;
};

class MapFace final : public QAccessibleWidget {
public:
    explicit MapFace(TopologyView* view) : QAccessibleWidget(view, QAccessible::List, view->accessibleName()) {}
    ~MapFace() override {
        for (const auto& [node, id] : m_faces) {
            QAccessible::deleteAccessibleInterface(id);
        }
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(view().seenNodes().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        const std::vector<int> seen = view().seenNodes();
        return index < 0 || index >= static_cast<int>(seen.size()) ? nullptr
                                                                   : faceOf(seen[static_cast<std::size_t>(index)]);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        const std::vector<int> seen = view().seenNodes();
        for (std::size_t i = 0; i < seen.size(); ++i) {
            if (faceOf(seen[i]) == child) {
                return static_cast<int>(i);
            }
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint here = view().mapFromGlobal(QPoint(x, y));
        for (const int node : view().seenNodes()) {
            if (view().screenRect(node).contains(here)) {
                return faceOf(node);
            }
        }
        return nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override {
        const int selected = view().selected() ? view().topology().find(*view().selected()) : -1;
        return selected < 0 || !view().hasFocus() ? nullptr : faceOf(selected);
    }

private:
    [[nodiscard]] TopologyView& view() const { return *static_cast<TopologyView*>(object()); }
    /// The same node has the same face, as long as the map is there.
    [[nodiscard]] QAccessibleInterface* faceOf(int index) const {
        const NodeId& node = view().topology().nodes[static_cast<std::size_t>(index)].id;
        auto known = m_faces.find(node);
        if (known == m_faces.end()) {
            known = m_faces.emplace(node, QAccessible::registerAccessibleInterface(new NodeFace(view(), node))).first;
        }
        return QAccessible::accessibleInterface(known->second);
    }
    mutable std::map<NodeId, QAccessible::Id> m_faces;
};

QAccessibleInterface* faceOfMap(const QString&, QObject* object) {
    auto* const view = qobject_cast<TopologyView*>(object);
    return view == nullptr ? nullptr : new MapFace(view);
}

} // namespace

void installMapAccessibility() {
    static const bool installed = [] {
        QAccessible::installFactory(faceOfMap);
        return true;
    }();
    (void)installed;
}

} // namespace kolam::gui
