#pragma once

// The part of XML that SOAP needs, read-only. The parser behind it stops at xml.cpp.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
struct xml_node_struct;
} // namespace pugi

namespace cpestorm::soap {

// An element of a tree, or none. Valid as long as its tree; so are the views it returns.
// Everything asked of "none" answers with nothing.
class element {
public:
    element() = default;

    explicit operator bool() const noexcept { return node_ != nullptr; }

    [[nodiscard]] std::string_view name() const noexcept; // without prefix
    [[nodiscard]] bool has_prefix() const noexcept;

    // The URI its prefix (or the default namespace) is bound to here; empty if to none.
    [[nodiscard]] std::string_view namespace_uri() const noexcept;

    // The first attribute with that local name. Namespace declarations are attributes too:
    // xmlns:cwmp="..." has the local name "cwmp".
    [[nodiscard]] std::optional<std::string_view> attribute(std::string_view local) const noexcept;

    // Its own text and CDATA in one piece, white space kept; empty if xsi:nil says so.
    [[nodiscard]] std::string text() const;

    // First child, next sibling, first child with a local name: elements only.
    [[nodiscard]] element first() const noexcept;
    [[nodiscard]] element next() const noexcept;
    [[nodiscard]] element child(std::string_view local) const noexcept;

private:
    friend class xml_tree;
    explicit element(pugi::xml_node_struct* node) noexcept
        : node_(node)
    {
    }
    pugi::xml_node_struct* node_ = nullptr;
};

struct xml_error {
    std::size_t offset = 0; // bytes into the input
    std::string_view text;  // static
};

// A parsed document.
class xml_tree {
public:
    xml_tree();
    ~xml_tree();
    xml_tree(const xml_tree&) = delete;
    xml_tree& operator=(const xml_tree&) = delete;

    // Parses `xml`, which is not kept; a byte-order mark and white space may come first. Refused:
    // what is not well-formed, DOCTYPE, and more depth or elements than base/limits.hpp allows.
    // Strings in the tree are valid UTF-8: input that declares ISO-8859-1, or that is not UTF-8,
    // is read as ISO-8859-1. Empty if all is well.
    [[nodiscard]] std::optional<xml_error> load(std::string_view xml);

    // The outermost element after a load() that went well.
    [[nodiscard]] element root() const noexcept;

    // Whether load() met bytes that were not what the document declared.
    [[nodiscard]] bool guessed_encoding() const noexcept { return guessed_encoding_; }

private:
    std::unique_ptr<pugi::xml_document> document_;
    bool guessed_encoding_ = false;
};

} // namespace cpestorm::soap
