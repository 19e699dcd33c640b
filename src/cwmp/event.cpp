#include "cwmp/event.hpp"

#include "base/limits.hpp"

#include <algorithm>

namespace cpestorm::cwmp {
namespace {

constexpr std::uint32_t bit(event e) noexcept
{
    return std::uint32_t{1} << static_cast<unsigned>(e);
}

constexpr unsigned numbered_count = static_cast<unsigned>(event::heartbeat) + 1;

// What a session failure or a reboot takes away, as a mask.
template <class Predicate>
std::uint32_t mask_of(Predicate p) noexcept
{
    std::uint32_t out = 0;
    for (unsigned i = 0; i != numbered_count; ++i)
        if (p(static_cast<event>(i))) out |= bit(static_cast<event>(i));
    return out;
}

bool reports_transfer(event e) noexcept
{
    return e == event::m_download || e == event::m_schedule_download || e == event::m_upload;
}

} // namespace

retention retention_of(event e) noexcept
{
    switch (e) {
    case event::boot:
    case event::value_change:
    case event::diagnostics_complete:
    case event::wakeup:
        return retention::until_reboot;
    case event::kicked:
    case event::request_download:
        return retention::optional;
    case event::connection_request:
    case event::heartbeat:
        return retention::not_retried;
    default:
        return retention::never_discard;
    }
}

base::method delivered_by(event e) noexcept
{
    switch (e) {
    case event::transfer_complete:
    case event::m_download:
    case event::m_schedule_download:
    case event::m_upload:
        return base::method::transfer_complete;
    case event::kicked:
    case event::request_download:
    case event::autonomous_transfer_complete:
    case event::du_state_change_complete:
    case event::autonomous_du_state_change_complete:
    case event::m_change_du_state:
        return base::method::other;
    default:
        return base::method::inform;
    }
}

void pending_events::raise(event e)
{
    if (e == event::bootstrap) {
        // A new ACS knows nothing of what was to be told to the old one (TR-069 §3.7.1.5).
        single_ &= bit(event::boot) | bit(event::bootstrap) | keyed_lost;
        if (keyed_) single_ |= keyed_lost;
        keyed_.reset();
    }
    again_ |= single_ & bit(e);
    single_ |= bit(e);
}

void pending_events::raise(event e, std::string_view command_key)
{
    if (!keyed_) keyed_ = std::make_unique<std::vector<keyed_event>>();
    keyed_->push_back({e, std::string(command_key)});
}

bool pending_events::has(event e) const noexcept
{
    if (static_cast<unsigned>(e) < numbered_count) return (single_ & bit(e)) != 0;
    return keyed_ && std::any_of(keyed_->begin(), keyed_->end(),
                                 [e](const keyed_event& k) { return k.code == e; });
}

pending_events::listed pending_events::list(std::vector<soap::event_struct>& out)
{
    again_ = 0;
    single_ &= ~keyed_lost;
    listed sent;
    std::size_t n = 0;
    // Assigning into existing elements keeps their memory when `out` is used again.
    const auto put = [&](std::string_view code, std::string_view key) {
        if (n == out.size()) out.emplace_back();
        out[n].code = code;
        out[n].command_key = key;
        ++n;
    };
    out.resize(std::min(out.size(), base::limits::inform_events));
    for (unsigned i = 0; i != numbered_count; ++i) {
        const auto e = static_cast<event>(i);
        if ((single_ & bit(e)) == 0) continue;
        put(base::name(e), "");
        sent.single |= bit(e);
    }
    if (keyed_)
        for (const auto& k : *keyed_) {
            if (n == base::limits::inform_events) break;
            put(base::name(k.code), k.command_key);
            ++sent.keyed;
        }
    out.resize(n);
    return sent;
}

void pending_events::inform_acknowledged(const listed& sent)
{
    static const auto by_inform =
        mask_of([](event e) { return delivered_by(e) == base::method::inform; });
    single_ &= ~(sent.single & by_inform & ~again_);
    if (!keyed_ || (single_ & keyed_lost) != 0) return;
    const auto end = keyed_->begin() +
                     static_cast<std::ptrdiff_t>(std::min<std::size_t>(sent.keyed, keyed_->size()));
    keyed_->erase(std::remove_if(keyed_->begin(), end,
                                 [](const keyed_event& k) {
                                     return delivered_by(k.code) == base::method::inform;
                                 }),
                  end);
    if (keyed_->empty()) keyed_.reset();
}

void pending_events::transfer_acknowledged(std::string_view command_key)
{
    bool more = false;
    if (keyed_) {
        const auto found = std::find_if(keyed_->begin(), keyed_->end(), [&](const keyed_event& k) {
            return reports_transfer(k.code) && k.command_key == command_key;
        });
        if (found != keyed_->end()) keyed_->erase(found);
        more = std::any_of(keyed_->begin(), keyed_->end(),
                           [](const keyed_event& k) { return reports_transfer(k.code); });
        if (keyed_->empty()) keyed_.reset();
    }
    if (!more) single_ &= ~bit(event::transfer_complete);
}

void pending_events::session_failed(const listed& sent)
{
    static const auto given_up = mask_of([](event e) {
        const auto r = retention_of(e);
        return r == retention::not_retried || r == retention::optional;
    });
    single_ &= ~(sent.single & given_up & ~again_);
}

void pending_events::rebooted()
{
    static const auto lost =
        mask_of([](event e) { return retention_of(e) != retention::never_discard; });
    single_ &= ~lost;
}

void pending_events::clear() noexcept
{
    single_ = 0;
    again_ = 0;
    keyed_.reset();
}

} // namespace cpestorm::cwmp
