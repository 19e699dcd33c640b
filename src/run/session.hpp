#pragma once

// One CWMP session in flight: joins the session machine, the device's answers and an HTTP
// connection. Does what can be done without waiting; its coroutine only waits. Objects are pooled
// per shard and keep their buffers.

#include "base/time.hpp"
#include "cwmp/cpe_session.hpp"
#include "device/cpe.hpp"
#include "http/client.hpp"
#include "http/url.hpp"
#include "run/environment.hpp"

#include <cstdint>
#include <string>

namespace cpestorm::run {

// What a session's coroutine has to wait for.
enum class wait : std::uint8_t {
    read,
    write,
    name, // the address of host_to_resolve()
    over,
};

class session {
public:
    //   slot  this object's number in the shard's pool, the id of its deadline
    session(environment& env, std::uint32_t slot);

    // Starts a session of a device; `state` must stay where it is until the session is over.
    //   random  64 unpredictable bits
    [[nodiscard]] wait begin(std::uint32_t device_index, device::state& state,
                             std::uint64_t random);
    // Continues after waiting for read or write.
    [[nodiscard]] wait advance();
    // Continues after wait::name.
    [[nodiscard]] wait resolved(const base::error_code& ec);
    // Ends the session at its next advance(): the run is being stopped.
    void abort() noexcept;
    // The deadline has passed: likewise, as a failure of the ACS.
    void time_out() noexcept;

    [[nodiscard]] http::tcp_socket& socket() noexcept { return client_.socket(); }
    [[nodiscard]] const std::string& host_to_resolve() const noexcept { return target_.host; }
    [[nodiscard]] const cwmp::session_result& result() const noexcept { return machine_.result(); }
    [[nodiscard]] const device::session_content& content() const noexcept { return content_; }
    [[nodiscard]] bool aborted() const noexcept { return interruption_ == interruption::abort; }
    [[nodiscard]] std::uint32_t slot() const noexcept { return slot_; }
    [[nodiscard]] std::uint32_t device_index() const noexcept { return device_index_; }

    // When the Inform was first sent; only if the session came that far.
    [[nodiscard]] base::instant informed_at() const noexcept { return informed_at_; }

    // Bookkeeping of the shard: the earliest due time of the events this session is the first
    // attempt for, when the device was ready for it, and how many they are (0: a repetition).
    base::instant due{};
    base::instant ready{};
    base::instant started{};
    std::uint32_t offered = 0;

private:
    enum class interruption : std::uint8_t { none, time_out, abort };

    [[nodiscard]] wait obey(cwmp::action next);
    [[nodiscard]] wait follow(http::step s);
    [[nodiscard]] wait start_post();
    [[nodiscard]] wait open();
    [[nodiscard]] wait transmit();
    [[nodiscard]] cwmp::action take_reply();
    [[nodiscard]] cwmp::action answer(const soap::message& request);
    [[nodiscard]] device::cpe device() const;
    void prepare_options();
    void count_cpe_call(unsigned status);
    void arm(std::chrono::milliseconds limit);
    [[nodiscard]] wait finish();

    environment& env_;
    std::uint32_t slot_;
    std::uint32_t device_index_ = 0;
    device::state* state_ = nullptr;
    http::client client_;
    cwmp::cpe_session machine_;
    cwmp::session_options options_;
    device::session_content content_;

    cwmp::post pending_;      // views into machine_, good until its next call
    std::string target_text_; // the URL that target_ was parsed from
    http::url target_;
    std::string connected_to_; // scheme, host and port of the open connection
    base::instant sent_at_{};
    base::instant informed_at_{};
    base::instant deadline_{};
    base::method calling_ = base::method::other;   // the CPE's call whose answer is awaited
    base::method answering_ = base::method::other; // the ACS's call that was answered last
    std::size_t acknowledged_ = 0;                 // CPE calls answered well so far
    interruption interruption_ = interruption::none;
    bool resent_ = false; // the one transparent retry of a stale connection was used
};

} // namespace cpestorm::run
