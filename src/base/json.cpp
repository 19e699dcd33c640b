#include "base/json.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cpestorm::base::json {
namespace {

namespace od = simdjson::ondemand;

// One value. A scalar's text is the slice [text, text + size) of `strings` (strings, unescaped) or
// of the document (numbers); a container's children are slice [text, text + size) of `members`.
struct node {
    kind type = kind::null;
    bool truth = false;
    std::uint32_t where = 0; // byte offset of its first character in the document
    std::uint32_t text = 0;
    std::uint32_t size = 0;
};

struct member {
    std::uint32_t node = 0;
    std::uint32_t key = 0, key_size = 0; // slice of `strings`; unused in arrays
    std::uint32_t key_where = 0;         // byte offset of the key's quote
};

std::string_view kind_name(kind k) noexcept
{
    switch (k) {
    case kind::null:
        return "null";
    case kind::boolean:
        return "true or false";
    case kind::number:
        return "a number";
    case kind::string:
        return "a string";
    case kind::array:
        return "an array";
    case kind::object:
        return "an object";
    }
    return "";
}

// A parsed document: nodes in the order of their first characters, so node 0 is the root.
struct tree {
    std::string name;
    simdjson::padded_string json;
    std::string strings; // all keys and string values, unescaped, one after the other
    std::vector<node> nodes;
    std::vector<member> members;

    std::string_view text() const noexcept { return {json.data(), json.size()}; }

    std::string_view key(const member& m) const noexcept
    {
        return std::string_view(strings).substr(m.key, m.key_size);
    }

    diagnostic complain(std::size_t offset, std::string what) const
    {
        const auto before = text().substr(0, offset);
        const auto line_start = before.rfind('\n') + 1; // npos + 1 is 0
        return {.where = name,
                .line = static_cast<unsigned>(std::count(before.begin(), before.end(), '\n') + 1),
                .column = static_cast<unsigned>(before.size() - line_start + 1),
                .what = std::move(what)};
    }
};

// Walks a document once with simdjson and fills the tree. The library tells the kind of a fault
// but, for most, not its place: `at_` is the last token that was still good.
class builder {
public:
    builder(tree& out, od::document& doc) noexcept
        : out_(out)
        , doc_(doc)
    {
    }

    checked<void> run()
    {
        if (auto root = take(doc_, 0); !root) return root.error();
        const char* rest = nullptr;
        if (doc_.current_location().get(rest) == simdjson::SUCCESS && rest < end())
            return out_.complain(offset(rest), "unexpected text after the end of the document");
        return {};
    }

private:
    const char* end() const noexcept { return out_.json.data() + out_.json.size(); }

    std::size_t offset(const char* p) const noexcept
    {
        return static_cast<std::size_t>(p - out_.json.data());
    }

    std::pair<std::uint32_t, std::uint32_t> keep(std::string_view s)
    {
        const auto at = static_cast<std::uint32_t>(out_.strings.size());
        out_.strings += s;
        return {at, static_cast<std::uint32_t>(s.size())};
    }

    diagnostic failure(simdjson::error_code error) const;

    template <class V>
    checked<std::uint32_t> take(V& v, unsigned depth);
    template <class V>
    checked<void> take_scalar(V& v, std::string_view token, node& n);
    checked<void> take_array(od::array array, std::vector<member>& children, unsigned depth);
    checked<void> take_object(od::object object, std::vector<member>& children, unsigned depth);
    checked<void> refuse_duplicates(const std::vector<member>& children) const;

    tree& out_;
    od::document& doc_;
    std::size_t at_ = 0;
};

diagnostic builder::failure(simdjson::error_code error) const
{
    const char* where = nullptr;
    // The iterator's own place, where it still has one, is the token that does not fit.
    const bool known = doc_.current_location().get(where) == simdjson::SUCCESS && where < end();
    const std::size_t at = known ? std::max(offset(where), at_) : at_;
    switch (error) {
    case simdjson::STRING_ERROR:
        return out_.complain(at_, "bad escape sequence in this string");
    case simdjson::NUMBER_ERROR:
        return out_.complain(at_, "not a JSON number");
    case simdjson::NUMBER_OUT_OF_RANGE:
        return out_.complain(at_, "number out of range");
    case simdjson::TRAILING_CONTENT:
        return out_.complain(at_, "unexpected text after this value");
    case simdjson::INCORRECT_TYPE:
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
        return out_.complain(at_, "expected a value; words are true, false and null, text needs "
                                  "double quotes");
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: {
        // Found before the walk starts, by the document's last token.
        const auto last = out_.text().find_last_not_of(" \t\r\n");
        return out_.complain(last, "the document does not end with the bracket that closes it");
    }
    default:
        return out_.complain(at, "JSON syntax error: a comma, colon, quote or bracket is missing "
                                 "or too many");
    }
}

template <class V>
checked<void> builder::take_scalar(V& v, std::string_view token, node& n)
{
    simdjson::error_code error = simdjson::SUCCESS;
    if (n.type == kind::string) {
        std::string_view s;
        if (error = v.get_string().get(s); !error) std::tie(n.text, n.size) = keep(s);
    } else if (n.type == kind::number) {
        double ignored = 0; // read for its checks only
        error = v.get_double().get(ignored);
        const auto length = token.find_first_not_of("+-.0123456789eE");
        n.text = n.where;
        n.size = static_cast<std::uint32_t>(std::min(length, token.size()));
    } else if (n.type == kind::boolean) {
        error = v.get_bool().get(n.truth);
    } else {
        bool null = false;
        error = v.is_null().get(null);
        if (!error && !null) error = simdjson::N_ATOM_ERROR;
    }
    if (error) return failure(error);
    return {};
}

template <class V>
checked<std::uint32_t> builder::take(V& v, unsigned depth)
{
    std::string_view token;
    if (auto error = simdjson::simdjson_result<std::string_view>(v.raw_json_token()).get(token))
        return failure(error);
    at_ = offset(token.data());
    if (depth > limits::json_depth)
        return out_.complain(at_, "nested deeper than " + std::to_string(limits::json_depth));
    od::json_type type{};
    if (auto error = v.type().get(type)) return failure(error);

    const auto self = static_cast<std::uint32_t>(out_.nodes.size());
    out_.nodes.emplace_back();
    node n;
    n.where = static_cast<std::uint32_t>(at_);
    std::vector<member> children;
    checked<void> taken;
    simdjson::error_code error = simdjson::SUCCESS;
    if (type == od::json_type::array) {
        n.type = kind::array;
        od::array array;
        if (error = v.get_array().get(array); !error) taken = take_array(array, children, depth);
    } else if (type == od::json_type::object) {
        n.type = kind::object;
        od::object object;
        if (error = v.get_object().get(object); !error)
            taken = take_object(object, children, depth);
    } else {
        n.type = type == od::json_type::string    ? kind::string
                 : type == od::json_type::number  ? kind::number
                 : type == od::json_type::boolean ? kind::boolean
                                                  : kind::null;
        taken = take_scalar(v, token, n);
    }
    if (error) return failure(error);
    if (!taken) return taken.error();
    if (n.type == kind::array || n.type == kind::object) {
        n.text = static_cast<std::uint32_t>(out_.members.size());
        n.size = static_cast<std::uint32_t>(children.size());
        out_.members.insert(out_.members.end(), children.begin(), children.end());
    }
    out_.nodes[self] = n;
    return self;
}

checked<void> builder::take_array(od::array array, std::vector<member>& children, unsigned depth)
{
    for (auto item : array) {
        od::value v;
        if (auto error = std::move(item).get(v)) return failure(error);
        auto child = take(v, depth + 1);
        if (!child) return child.error();
        children.push_back({.node = *child});
    }
    return {};
}

checked<void> builder::take_object(od::object object, std::vector<member>& children, unsigned depth)
{
    for (auto item : object) {
        od::field field;
        if (auto error = std::move(item).get(field)) return failure(error);
        member m;
        at_ = offset(field.key().raw()) - 1; // raw() is behind the quote
        m.key_where = static_cast<std::uint32_t>(at_);
        std::string_view key;
        if (auto error = field.unescaped_key().get(key)) return failure(error);
        std::tie(m.key, m.key_size) = keep(key);
        auto child = take(field.value(), depth + 1);
        if (!child) return child.error();
        m.node = *child;
        children.push_back(m);
    }
    return refuse_duplicates(children);
}

checked<void> builder::refuse_duplicates(const std::vector<member>& children) const
{
    std::vector<const member*> sorted;
    sorted.reserve(children.size());
    for (const auto& m : children)
        sorted.push_back(&m);
    // Ties in file order, so that the later of two equal keys is the one complained about.
    std::stable_sort(sorted.begin(), sorted.end(), [this](const member* a, const member* b) {
        return out_.key(*a) < out_.key(*b);
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (out_.key(*sorted[i]) == out_.key(*sorted[i - 1]))
            return out_.complain(sorted[i]->key_where,
                                 "duplicate key \"" + std::string(out_.key(*sorted[i])) + '"');
    return {};
}

// The place of a fault that simdjson finds in its first pass, which reports none.
diagnostic first_pass_failure(const tree& t, simdjson::error_code error)
{
    const auto text = t.text();
    if (error == simdjson::EMPTY) return t.complain(0, "the document is empty");
    if (error == simdjson::UTF8_ERROR) return t.complain(valid_utf8_prefix(text), "invalid UTF-8");
    std::size_t opened = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') {
            inside = !inside;
            opened = i;
        } else if (inside && text[i] == '\\') {
            ++i;
        } else if (inside && static_cast<unsigned char>(text[i]) < 0x20) {
            return t.complain(i, "control character in a string; is its closing quote missing?");
        }
    }
    if (inside) return t.complain(opened, "this string has no closing quote");
    return t.complain(0, simdjson::error_message(error));
}

} // namespace

struct document::impl : tree {};

checked<document> document::parse(std::string name, std::string_view text)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    auto out = std::make_unique<impl>();
    out->name = std::move(name);
    out->json = simdjson::padded_string(text);
    if (text.size() > INT32_MAX) return out->complain(0, "larger than 2 GiB");

    od::parser parser;
    od::document doc;
    if (auto error = parser.iterate(out->json).get(doc)) return first_pass_failure(*out, error);
    if (auto built = builder(*out, doc).run(); !built) return built.error();
    return document(std::move(out));
}

checked<document> document::load(const std::string& path, std::size_t limit)
{
    auto text = read_file(path, limit);
    if (!text) return text.error();
    return parse(path, *text);
}

document::document(std::unique_ptr<impl> p) noexcept
    : impl_(std::move(p))
{
}
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;
document::~document() = default;

value document::root() const noexcept
{
    return {this, 0};
}

kind value::type() const noexcept
{
    return document_->impl_->nodes[node_].type;
}

checked<bool> value::as_bool() const
{
    if (!is(kind::boolean)) return wrong_kind(kind::boolean);
    return document_->impl_->nodes[node_].truth;
}

checked<double> value::as_double() const
{
    if (!is(kind::number)) return wrong_kind(kind::number);
    const auto token = number_text();
    double d = 0;
    std::from_chars(token.data(), token.data() + token.size(), d); // checked when it was parsed
    return d;
}

checked<std::int64_t> value::as_int(std::int64_t min, std::int64_t max) const
{
    const std::string range = std::to_string(min) + " to " + std::to_string(max);
    if (!is(kind::number)) return complain("expected a whole number from " + range);
    const auto n = parse_signed(number_text());
    if (!n || *n < min || *n > max)
        return complain("expected a whole number from " + range + ", not " +
                        std::string(number_text()));
    return *n;
}

checked<std::string_view> value::as_string() const
{
    if (!is(kind::string)) return wrong_kind(kind::string);
    const auto& t = *document_->impl_;
    return std::string_view(t.strings).substr(t.nodes[node_].text, t.nodes[node_].size);
}

std::string_view value::number_text() const noexcept
{
    const auto& t = *document_->impl_;
    return t.text().substr(t.nodes[node_].text, t.nodes[node_].size);
}

std::size_t value::size() const noexcept
{
    return document_->impl_->nodes[node_].size;
}

value value::element(std::size_t i) const noexcept
{
    const auto& t = *document_->impl_;
    return {document_, t.members[t.nodes[node_].text + i].node};
}

std::string_view value::key(std::size_t i) const noexcept
{
    const auto& t = *document_->impl_;
    return t.key(t.members[t.nodes[node_].text + i]);
}

std::optional<value> value::find(std::string_view name) const noexcept
{
    if (!is(kind::object)) return std::nullopt;
    for (std::size_t i = 0; i != size(); ++i)
        if (key(i) == name) return element(i);
    return std::nullopt;
}

diagnostic value::complain(std::string what) const
{
    const auto& t = *document_->impl_;
    return t.complain(t.nodes[node_].where, std::move(what));
}

diagnostic value::complain_key(std::size_t i, std::string what) const
{
    const auto& t = *document_->impl_;
    return t.complain(t.members[t.nodes[node_].text + i].key_where, std::move(what));
}

diagnostic value::wrong_kind(kind expected) const
{
    return complain("expected " + std::string(kind_name(expected)) + ", not " +
                    std::string(is(kind::boolean) ? "a boolean" : kind_name(type())));
}

checked<void> value::expect_keys(std::initializer_list<std::string_view> known) const
{
    if (!is(kind::object)) return wrong_kind(kind::object);
    for (std::size_t i = 0; i != size(); ++i) {
        const auto name = key(i);
        if (name == "$comment" || name == "$schema") continue;
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::string what = "unknown key \"" + std::string(name) + '"';
        if (const auto near = closest(name, {known.begin(), known.size()}))
            what += "; did you mean \"" + std::string(*near) + "\"?";
        return complain_key(i, std::move(what));
    }
    return {};
}

} // namespace cpestorm::base::json
