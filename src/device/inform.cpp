#include "device/cpe.hpp"

#include "device/date_time.hpp"
#include "device/extras.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

// What a session carries, and what its end means.

namespace cpestorm::device {

using base::event;

namespace {

// Writes into an existing struct, so that a reused Inform allocates nothing.
void put(soap::parameter_value& out, const model::tree& tree, model::node n, std::string_view name)
{
    out.name = name;
    out.value.clear();
    tree.get(n, out.value);
    out.type = tree.type(n);
    out.typed = true;
}

void append_changed(std::vector<soap::parameter_value>& out, const model::tree& tree,
                    const std::vector<model::row_id>& forced,
                    const std::vector<std::string>& changed)
{
    for (const std::string& name : changed) {
        const auto n = tree.find_parameter(name);
        if (!n) continue; // its object was deleted
        if (n->instance == 0 && std::ranges::find(forced, n->row) != forced.end()) continue;
        put(out.emplace_back(), tree, *n, name);
    }
}

bool lists(const cwmp::pending_events::listed& sent, event e) noexcept
{
    return ((sent.single >> static_cast<unsigned>(e)) & 1u) != 0;
}

void drop_duplicates(std::vector<std::string>& names)
{
    auto kept = names.begin();
    for (auto it = names.begin(); it != names.end(); ++it)
        if (std::find(names.begin(), kept, *it) == kept) {
            if (kept != it) *kept = std::move(*it);
            ++kept;
        }
    names.erase(kept, names.end());
}

} // namespace

void cpe::value_changed(model::node n, std::string_view new_value)
{
    model::tree view = tree();
    if (view.get(n, true) == new_value) return;
    if (!view.set(n, new_value)) return; // no memory left for it: the device keeps the old one
    const unsigned notification = view.get_attributes(n).notification;
    const bool active = notification == 2 || view.notify(n) == model::notify_rule::force_enabled;
    if (!active && notification != 1) return;

    extras& extra = extras_of(state_);
    const std::string name = view.path(n);
    const auto unlisted =
        extra.changed.begin() + static_cast<std::ptrdiff_t>(extra.changes_in_flight);
    if (std::find(unlisted, extra.changed.end(), name) == extra.changed.end())
        extra.changed.push_back(name);
    if (!active || state_.rebooting) return;
    if (state_.in_session)
        extra.active_change_waiting = true;
    else
        raise_and_wake(event::value_change);
}

void cpe::begin_session(session_content& out)
{
    assert(!state_.in_session && !state_.rebooting);
    state_.in_session = true;
    state_.session_wanted = false;
    state_.wake_due = never;

    const std::size_t changes = state_.extra ? state_.extra->changed.size() : 0;
    if (changes != 0) state_.events.raise(event::value_change); // passive ones waited for this

    soap::inform& inform = out.inform;
    fill(inform.device);
    inform.events.clear();
    out.listed = state_.events.list(inform.events);
    inform.max_envelopes = 1;
    inform.current_time.clear();
    append_date_time(inform.current_time, wall_);
    inform.retry_count = state_.retry_count;

    const model::schema& schema = *context_.profile->schema;
    const model::tree view = tree();
    const std::vector<model::row_id>& forced = schema.forced_inform();
    inform.parameters.resize(forced.size());
    for (std::size_t i = 0; i < forced.size(); ++i)
        put(inform.parameters[i], view, {forced[i], 0}, schema.path(forced[i]));

    out.requests.clear();
    out.changes_listed = static_cast<std::uint32_t>(changes);
    if (!state_.extra) return;
    state_.extra->changes_in_flight = changes;
    append_changed(inform.parameters, view, forced, state_.extra->changed);
    for (const soap::transfer_complete& result : state_.extra->results)
        out.requests.emplace_back(result);
}

void cpe::session_ended(const session_content& sent, const cwmp::session_result& result, double u)
{
    assert(state_.in_session);
    state_.in_session = false;
    take_acknowledgements(sent, result);
    if (result.ok) {
        state_.retry_count = 0;
    } else {
        state_.events.session_failed(sent.listed);
        if (state_.retry_count < std::numeric_limits<std::uint16_t>::max()) ++state_.retry_count;
        state_.wake_due = later(next_retry_delay(u));
    }
    if (state_.connection_request_waiting) {
        state_.connection_request_waiting = false;
        connection_requested();
    }
    if (!state_.extra) return;
    after_session();
    if (state_.extra && state_.extra->idle()) state_.extra.reset();
}

// Drops what the ACS confirmed. A session may fail after that; what was confirmed stays so.
void cpe::take_acknowledgements(const session_content& sent, const cwmp::session_result& result)
{
    extras* const extra = state_.extra.get();
    if (result.inform_acknowledged) {
        state_.events.inform_acknowledged(sent.listed);
        if (lists(sent.listed, event::bootstrap)) state_.registered = true;
        if (extra) {
            const auto told = std::min<std::size_t>(sent.changes_listed, extra->changed.size());
            extra->changed.erase(extra->changed.begin(),
                                 extra->changed.begin() + static_cast<std::ptrdiff_t>(told));
        }
    }
    if (!extra) return;
    extra->changes_in_flight = 0;
    drop_duplicates(extra->changed);
    std::size_t asked = 0; // results that came in this session were not asked about
    std::erase_if(extra->results, [&](const soap::transfer_complete& r) {
        const std::size_t i = asked++;
        if (i >= result.acknowledged.size() || !result.acknowledged[i]) return false;
        state_.events.transfer_acknowledged(r.command_key);
        return true;
    });
}

// Does what had to wait for the end of the session. The strongest comes first: after a reset
// nothing else matters, and a reboot does not make a new ACS URL unimportant.
void cpe::after_session()
{
    extras& extra = *state_.extra;
    if (extra.factory_reset) {
        switch_off(later(context_.reboot_time));
        forget_everything();
        return;
    }
    if (std::exchange(extra.schedule_changed, false)) reschedule_periodic();
    if (std::exchange(extra.url_changed, false)) {
        state_.registered = false;
        state_.retry_count = 0;
        state_.wake_due = never;
        state_.session_wanted = true;
        state_.events.raise(event::bootstrap); // discards what was for the old ACS
        extra.changed.clear();
        extra.results.clear();
    }
    if (std::exchange(extra.active_change_waiting, false) && !extra.changed.empty())
        raise_and_wake(event::value_change);
    if (std::exchange(extra.reboot, false)) {
        for (const std::string& key : std::exchange(extra.reboot_keys, {}))
            state_.events.raise(event::m_reboot, key);
        switch_off(later(context_.reboot_time));
    }
}

} // namespace cpestorm::device
