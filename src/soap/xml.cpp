#include "soap/xml.hpp"

#include "base/text.hpp"
#include "soap/xml_scan.hpp"

#include <pugixml.hpp>

namespace cpestorm::soap {
namespace {

struct qualified_name {
    std::string_view prefix; // empty if there is none
    std::string_view local;
};

qualified_name split(std::string_view name) noexcept
{
    const std::size_t colon = name.rfind(':');
    if (colon == name.npos) return {{}, name};
    return {name.substr(0, colon), name.substr(colon + 1)};
}

pugi::xml_node_struct* first_element(pugi::xml_node from) noexcept
{
    while (from && from.type() != pugi::node_element)
        from = from.next_sibling();
    return from.internal_object();
}

bool declares_latin1(std::string_view xml) noexcept
{
    if (!xml.starts_with("<?xml")) return false;
    xml = xml.substr(0, xml.find("?>"));
    const std::size_t at = xml.find("encoding");
    if (at == xml.npos) return false;
    xml.remove_prefix(at);
    const std::size_t open = std::min(xml.find_first_of("\"'"), xml.size());
    const std::string_view value = xml.substr(open).substr(0, xml.find_last_of("\"'") - open);
    return !value.empty() && base::iequals(value.substr(1), "ISO-8859-1");
}

} // namespace

std::string_view element::name() const noexcept
{
    return split(pugi::xml_node(node_).name()).local;
}

bool element::has_prefix() const noexcept
{
    return !split(pugi::xml_node(node_).name()).prefix.empty();
}

std::string_view element::namespace_uri() const noexcept
{
    const std::string_view prefix = split(pugi::xml_node(node_).name()).prefix;
    for (pugi::xml_node scope(node_); scope; scope = scope.parent()) {
        for (const pugi::xml_attribute a : scope.attributes()) {
            const qualified_name name = split(a.name());
            const bool binds = prefix.empty() ? name.prefix.empty() && name.local == "xmlns"
                                              : name.prefix == "xmlns" && name.local == prefix;
            if (binds) return a.value();
        }
    }
    return {};
}

std::optional<std::string_view> element::attribute(std::string_view local) const noexcept
{
    for (const pugi::xml_attribute a : pugi::xml_node(node_).attributes())
        if (split(a.name()).local == local) return a.value();
    return std::nullopt;
}

std::string element::text() const
{
    if (const auto nil = attribute("nil"); nil && (*nil == "true" || *nil == "1")) return {};
    const pugi::xml_node node(node_);
    std::string all = node.value(); // the text before the first child
    for (const pugi::xml_node child : node.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            all += child.value();
    return all;
}

element element::first() const noexcept
{
    return element(first_element(pugi::xml_node(node_).first_child()));
}

element element::next() const noexcept
{
    return element(first_element(pugi::xml_node(node_).next_sibling()));
}

element element::child(std::string_view local) const noexcept
{
    element e = first();
    while (e && e.name() != local)
        e = e.next();
    return e;
}

xml_tree::xml_tree()
    : document_(std::make_unique<pugi::xml_document>())
{
}
xml_tree::~xml_tree() = default;

std::optional<xml_error> xml_tree::load(std::string_view xml)
{
    const std::size_t size = xml.size();
    if (xml.starts_with("\xEF\xBB\xBF")) xml.remove_prefix(3);
    xml.remove_prefix(std::min(xml.find_first_not_of(" \t\r\n"), xml.size()));
    const std::size_t skipped = size - xml.size();
    const auto in_input = [skipped](xml_error e) { return xml_error{e.offset + skipped, e.text}; };

    xml_bytes bytes{};
    if (const auto error = check_bytes(xml, bytes)) return in_input(*error);
    if (const auto error = check_structure(xml)) return in_input(*error);

    const bool declared_latin1 = declares_latin1(xml);
    const bool latin1 = declared_latin1 || bytes != xml_bytes::utf8;
    guessed_encoding_ = latin1 && !declared_latin1;
    constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                               pugi::parse_wconv_attribute | pugi::parse_ws_pcdata |
                               pugi::parse_embed_pcdata;
    const auto parsed = document_->load_buffer(
        xml.data(), xml.size(), flags, latin1 ? pugi::encoding_latin1 : pugi::encoding_utf8);
    if (parsed) return std::nullopt;
    // After a conversion the parser's offsets are not those of the input.
    const std::size_t offset = latin1 ? 0 : static_cast<std::size_t>(parsed.offset) + skipped;
    return xml_error{offset, parsed.description()};
}

element xml_tree::root() const noexcept
{
    return element(first_element(document_->first_child()));
}

} // namespace cpestorm::soap
