#include "model/value_template.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace cpestorm::model {
namespace {

struct token_name {
    std::string_view name;
    token what;
    std::uint8_t min_arg = 0, max_arg = 0; // 0, 0: takes none
    bool arg_required = false;
};

constexpr std::array names{
    token_name{"index", token::index, 1, 20},
    token_name{"serial", token::serial},
    token_name{"manufacturer", token::manufacturer},
    token_name{"oui", token::oui},
    token_name{"product_class", token::product_class},
    token_name{"mac", token::mac, 0, 255},
    token_name{"hash", token::hash, 1, 64, true},
    token_name{"wan_ip", token::wan_ip},
    token_name{"acs_url", token::acs_url},
    token_name{"acs_username", token::acs_username},
    token_name{"acs_password", token::acs_password},
    token_name{"connection_request_url", token::connection_request_url},
    token_name{"connection_request_username", token::connection_request_username},
    token_name{"connection_request_password", token::connection_request_password},
    token_name{"periodic_inform_interval", token::periodic_inform_interval},
    token_name{"uptime", token::uptime},
    token_name{"current_time", token::current_time},
};

base::diagnostic complaint(std::string_view token, const std::string& what)
{
    return {.what = "{" + std::string(token) + "}: " + what};
}

} // namespace

base::checked<value_template::piece> value_template::compile_token(std::string_view text)
{
    // {i}, {i1}, {i2}: numbers of the path.
    if (text.starts_with('i'))
        if (const auto level = text.substr(1); level.size() < 2)
            if (level.empty() || (level[0] >= '1' && level[0] <= '9'))
                return piece{.literal_end = 0,
                             .what = token::index,
                             .arg = static_cast<std::uint8_t>(level.empty() ? 0 : level[0] - '0'),
                             .instance = true};

    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    const auto known = std::ranges::find(names, name, &token_name::name);
    if (known == names.end()) {
        std::array<std::string_view, names.size()> all;
        std::ranges::transform(names, all.begin(), &token_name::name);
        const auto near = base::closest(name, all);
        return complaint(text, near ? "unknown token; did you mean {" + std::string(*near) + "}?"
                                    : "unknown token; write {{ and }} for braces");
    }
    if (colon == text.npos) {
        if (known->arg_required) return complaint(text, "needs a number, as in {hash:8}");
        return piece{.literal_end = 0, .what = known->what, .arg = 0, .instance = false};
    }
    const auto arg = base::parse_unsigned(text.substr(colon + 1));
    if (known->max_arg == 0) return complaint(text, "takes no number");
    if (!arg || *arg < known->min_arg || *arg > known->max_arg)
        return complaint(text, "expected a number from " + std::to_string(known->min_arg) + " to " +
                                   std::to_string(known->max_arg) + " after the colon");
    return piece{.literal_end = 0,
                 .what = known->what,
                 .arg = static_cast<std::uint8_t>(*arg),
                 .instance = false};
}

base::checked<value_template> value_template::compile(std::string_view text)
{
    value_template out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c != '{' && c != '}') {
            out.text_ += c;
            ++i;
        } else if (i + 1 < text.size() && text[i + 1] == c) {
            out.text_ += c;
            i += 2;
        } else if (c == '}') {
            return base::diagnostic{.what = "'}' without '{'; write }} for a brace"};
        } else {
            const auto end = text.find('}', i);
            if (end == text.npos)
                return base::diagnostic{.what = "'{' without '}'; write {{ for a brace"};
            auto p = compile_token(text.substr(i + 1, end - i - 1));
            if (!p) return p.error();
            p->literal_end = static_cast<std::uint32_t>(out.text_.size());
            out.pieces_.push_back(*p);
            i = end + 1;
        }
    }
    return out;
}

value_template value_template::literal(std::string text)
{
    value_template out;
    out.text_ = std::move(text);
    return out;
}

std::string value_template::escape(std::string_view text)
{
    std::string out;
    for (char c : text) {
        if (c == '{' || c == '}') out += c;
        out += c;
    }
    return out;
}

namespace {

// The instance number a piece asks for; 0 if the path has none there.
std::uint32_t number_at(std::span<const std::uint32_t> instances, std::uint8_t level) noexcept
{
    if (level == 0) return instances.empty() ? 0 : instances.back();
    return level <= instances.size() ? instances[level - 1u] : 0;
}

} // namespace

void value_template::append(std::string& out, const value_source& source,
                            std::span<const std::uint32_t> instances) const
{
    std::size_t at = 0;
    for (const auto& p : pieces_) {
        out.append(text_, at, p.literal_end - at);
        at = p.literal_end;
        if (!p.instance)
            source.append(out, p.what, p.arg);
        else if (const auto n = number_at(instances, p.arg); n != 0)
            base::append_number(out, n);
    }
    out.append(text_, at);
}

value_template value_template::for_instances(std::span<const std::uint32_t> instances) const
{
    value_template out;
    std::size_t at = 0;
    for (auto p : pieces_) {
        out.text_.append(text_, at, p.literal_end - at);
        at = p.literal_end;
        const auto n = p.instance ? number_at(instances, p.arg) : 0;
        if (n != 0) {
            base::append_number(out.text_, n);
        } else {
            p.literal_end = static_cast<std::uint32_t>(out.text_.size());
            out.pieces_.push_back(p);
        }
    }
    out.text_.append(text_, at);
    return out;
}

bool value_template::uses(token t) const noexcept
{
    return std::ranges::any_of(pieces_, [t](const piece& p) { return !p.instance && p.what == t; });
}

bool value_template::uses_instances() const noexcept
{
    return std::ranges::any_of(pieces_, &piece::instance);
}

} // namespace cpestorm::model
