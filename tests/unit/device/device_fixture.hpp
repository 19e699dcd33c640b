#pragma once

// One device with a small TR-181 profile, a clock the test moves, and sessions the test scripts.

#include "device/cpe.hpp"
#include "device/extras.hpp"
#include "model/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cpestorm::device {

std::shared_ptr<const model::profile> make_test_profile();

// A finished context with that profile and 100 devices at 127.1.0.0:7547.
context make_test_context();

class device_test : public ::testing::Test {
protected:
    // The device now. Valid until the clock moves.
    [[nodiscard]] cpe device() { return {shared, state_, 7, now, start + milliseconds(now)}; }
    void advance(std::chrono::milliseconds d) { now += static_cast<fleet_time>(d.count()); }
    // Moves the clock to the device's next wake; false if there is none.
    bool advance_to_wake();

    // Powered up, bootstrapped, nothing pending; the periodic schedule starts in 300 s.
    void make_registered();

    // A session from Inform to end. The Inform is acknowledged, all requests are answered, and
    // `acs` requests are made; their answers are returned.
    std::vector<soap::message> run_session(std::vector<soap::message> acs = {});
    // A session that fails before (or, with acknowledged, after) the InformResponse.
    void fail_session(double u = 0.0, bool acknowledged = false);
    void begin() { device().begin_session(content); }
    void end(const cwmp::session_result& r, double u = 0.0)
    {
        device().session_ended(content, r, u);
    }
    [[nodiscard]] cwmp::session_result success() const;

    soap::message ask(const soap::message& request) { return device().handle(request); }
    // The answer as `Response`; a fault or another response fails the test.
    template <class Response>
    Response expect(const soap::message& request)
    {
        const soap::message answer = ask(request);
        const auto* r = std::get_if<Response>(&answer);
        if (r) return *r;
        ADD_FAILURE() << "answer is " << soap::method_name(answer);
        return {};
    }
    // The fault code of the answer; 0 if it is no fault.
    unsigned fault_code(const soap::message& request)
    {
        const soap::message answer = ask(request);
        const auto* f = std::get_if<soap::fault>(&answer);
        return f ? f->code : 0;
    }

    // The value as the ACS reads it; "(none)" if there is no such parameter.
    [[nodiscard]] std::string value(std::string_view name)
    {
        return device().tree().value_of(name).value_or("(none)");
    }
    void change(std::string_view name, std::string_view new_value)
    {
        cpe d = device();
        d.value_changed(d.tree().find_parameter(name).value(), new_value);
    }
    void set_notification(std::string_view name, unsigned n);

    // Of the last Inform.
    [[nodiscard]] std::vector<std::string> event_codes() const;
    [[nodiscard]] std::vector<std::string> parameter_names() const;
    [[nodiscard]] std::string informed(std::string_view name) const;

    using milliseconds = std::chrono::milliseconds;
    static constexpr auto second = std::chrono::milliseconds(1000);
    static constexpr base::wall_time start{std::chrono::seconds(1'800'000'000)}; // 2027-01-15T08:00
    context shared = make_test_context();
    state state_;
    fleet_time now = 1000;
    session_content content;
};

// Requests as an ACS makes them.
inline soap::set_parameter_values
set_values(std::vector<std::pair<std::string, std::string>> values, std::string key = "k")
{
    soap::set_parameter_values request;
    for (auto& [name, value] : values)
        request.parameters.push_back({std::move(name), std::move(value)});
    request.parameter_key = std::move(key);
    return request;
}

inline soap::download make_download(std::string key, std::string file_type = "2 Web Content",
                                    std::string url = "http://files.example/page.zip")
{
    soap::download d;
    d.command_key = std::move(key);
    d.file_type = std::move(file_type);
    d.url = std::move(url);
    return d;
}

} // namespace cpestorm::device
