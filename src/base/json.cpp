#include "base/json_tree.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <limits>

namespace cpestorm::base::json {
namespace {

namespace od = simdjson::ondemand;

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
        // By way of simdjson_result, whose unescaped_key() has the same form in all releases.
        simdjson::simdjson_result<od::field> named{od::field(field)};
        if (auto error = named.unescaped_key().get(key)) return failure(error);
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

checked<document> document::parse(std::string name, std::string_view text)
{
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    auto out = std::make_unique<tree>();
    out->name = std::move(name);
    out->line_starts.push_back(0);
    if (text.size() > std::numeric_limits<std::int32_t>::max())
        return out->complain(0, "larger than 2 GiB");
    out->json.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    out->json = text;
    for (std::size_t i = 0; (i = text.find('\n', i)) != text.npos;)
        out->line_starts.push_back(static_cast<std::uint32_t>(++i));

    od::parser parser;
    od::document doc;
    if (auto error =
            parser.iterate(out->json.data(), out->json.size(), out->json.capacity()).get(doc))
        return first_pass_failure(*out, error);
    if (auto built = builder(*out, doc).run(); !built) return built.error();
    return document(std::move(out));
}

checked<document> document::load(const std::string& path, std::size_t limit)
{
    auto text = read_file(path, limit);
    if (!text) return text.error();
    return parse(path, *text);
}

document::document(std::unique_ptr<tree> p) noexcept
    : tree_(std::move(p))
{
}
document::document(document&&) noexcept = default;
document& document::operator=(document&&) noexcept = default;
document::~document() = default;

value document::root() const noexcept
{
    return {this, 0};
}

} // namespace cpestorm::base::json
