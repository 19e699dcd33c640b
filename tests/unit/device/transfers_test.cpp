#include "device_fixture.hpp"

#include "base/limits.hpp"

// Downloads from request to acknowledged TransferComplete (TR-069 §A.3.2.9, A.3.3.2).

namespace cpestorm::device {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* firmware = "1 Firmware Upgrade Image";
constexpr const char* version = "Device.DeviceInfo.SoftwareVersion";

class transfers : public device_test {
protected:
    void SetUp() override
    {
        make_registered();
        state_.periodic_due = never;
    }
    // Fetches the due transfer, if there is one.
    bool do_transfer(unsigned fault = 0)
    {
        if (!device().due_transfer()) return false;
        device().transfer_finished({fault, fault ? "no" : ""}, start, start + 2 * second);
        return true;
    }
    std::vector<std::string> completed_keys() const
    {
        std::vector<std::string> keys;
        for (const soap::message& m : content.requests)
            keys.push_back(std::get<soap::transfer_complete>(m).command_key);
        return keys;
    }
};

TEST_F(transfers, P11_refused_at_once)
{
    begin();
    const std::pair<soap::download, unsigned> cases[] = {
        {make_download("k", "2 Web Content", "ftp://h/f"), 9013},
        {make_download("k", "2 Web Content", "http://u:p@h/f"), 9003},
        {make_download("k", "2 Web Content", "/f"), 9003},
        {make_download("k", "6 Unknown"), 9003},
        {make_download("k", ""), 9003},
        {make_download(std::string(33, 'k')), 9003},
    };
    for (const auto& [request, code] : cases)
        EXPECT_EQ(fault_code(request), code) << request.url << request.file_type;
    end(success());
    EXPECT_FALSE(device().due_transfer());
    EXPECT_EQ(state_.extra, nullptr);
}

TEST_F(transfers, P11_file_types)
{
    begin();
    for (const char* type : {firmware, "2 Web Content", "3 Vendor Configuration File",
                             "4 Tone File", "5 Ringer File", "X 00D09E Blob"}) {
        const auto r = expect<soap::download_response>(make_download("k", type));
        EXPECT_EQ(r.status, 1u);
        EXPECT_EQ(r.start_time, "0001-01-01T00:00:00Z");
    }
}

TEST_F(transfers, P11_a_download_from_request_to_acknowledgement)
{
    soap::download request = make_download("key 1");
    request.username = "u";
    request.password = "p";
    request.file_size = 1234;
    run_session({request});
    EXPECT_EQ(device().next_wake(), now);
    EXPECT_FALSE(device().wake()); // no session is due, the transfer is
    const auto job = device().due_transfer();
    ASSERT_TRUE(job);
    EXPECT_EQ(job->url, "http://files.example/page.zip");
    EXPECT_EQ(job->username, "u");
    EXPECT_EQ(job->password, "p");
    EXPECT_EQ(job->file_size, 1234u);
    EXPECT_FALSE(device().due_transfer()); // handed out once
    EXPECT_EQ(device().next_wake(), never);

    device().transfer_finished({}, start, start + 2 * second);
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("7 TRANSFER COMPLETE", "M Download/key 1"));
    EXPECT_THAT(content.requests,
                ElementsAre(soap::message(soap::transfer_complete{
                    "key 1", {}, "2027-01-15T08:00:00Z", "2027-01-15T08:00:02Z"})));
    EXPECT_FALSE(device().wake());
    EXPECT_EQ(state_.extra, nullptr);
    begin();
    EXPECT_THAT(event_codes(), IsEmpty());
    EXPECT_THAT(content.requests, IsEmpty());
}

TEST_F(transfers, P11_delay)
{
    soap::download request = make_download("k");
    request.delay_seconds = 60;
    const fleet_time asked = now;
    run_session({request});
    EXPECT_EQ(device().next_wake(), asked + 60'000);
    EXPECT_FALSE(device().due_transfer());
    advance(60 * second);
    begin();
    EXPECT_FALSE(device().due_transfer()); // only out of session
    end(success());
    EXPECT_TRUE(device().due_transfer());
}

TEST_F(transfers, P11_a_delay_beyond_the_clock_never_comes)
{
    soap::download request = make_download("k");
    request.delay_seconds = 0xFFFFFFFFu;
    run_session({request});
    EXPECT_EQ(device().next_wake(), never);
    EXPECT_FALSE(device().due_transfer());
}

TEST_F(transfers, P11_a_failure_is_reported)
{
    run_session({make_download("k")});
    EXPECT_TRUE(do_transfer(9010));
    run_session();
    ASSERT_EQ(content.requests.size(), 1u);
    EXPECT_EQ(std::get<soap::transfer_complete>(content.requests[0]).fault,
              (soap::fault_struct{9010, "no"}));
}

TEST_F(transfers, P11_a_full_queue)
{
    begin();
    for (std::size_t i = 0; i < base::limits::device_transfers_queued; ++i)
        expect<soap::download_response>(make_download("k"));
    EXPECT_EQ(fault_code(make_download("k")), 9004u);
    end(success());
    EXPECT_TRUE(do_transfer());
    begin();
    EXPECT_EQ(fault_code(make_download("k")), 9004u); // its result still waits
    end(success());
    begin();
    expect<soap::download_response>(make_download("k"));
}

TEST_F(transfers, P11_a_reboot_stops_and_repeats_a_running_transfer)
{
    run_session({make_download("k")});
    ASSERT_TRUE(device().due_transfer());
    device().power_cut(now + 1000);
    device().transfer_finished({}, start, start); // too late
    EXPECT_FALSE(device().due_transfer());
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT"));
    EXPECT_TRUE(do_transfer());
}

TEST_F(transfers, E07_kept_until_the_response_over_faults_and_reboots)
{
    run_session({make_download("k")});
    ASSERT_TRUE(do_transfer());
    begin();
    cwmp::session_result refused = success(); // P16: the ACS answered TransferComplete with 8001
    refused.acknowledged.assign(1, false);
    end(refused);
    EXPECT_FALSE(device().wake()); // the next session tries again, whatever starts it
    device().connection_requested();
    fail_session(0.0, true);
    EXPECT_THAT(event_codes(), UnorderedElementsAre("6 CONNECTION REQUEST", "7 TRANSFER COMPLETE",
                                                    "M Download/k"));
    device().power_cut(now + 1000);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("1 BOOT", "7 TRANSFER COMPLETE", "M Download/k"));
    EXPECT_THAT(completed_keys(), ElementsAre("k"));
    EXPECT_EQ(state_.extra, nullptr);
}

TEST_F(transfers, E08_several_transfers_are_one_event_and_one_call_each)
{
    run_session({make_download("a"), make_download("b"), make_download("c")});
    EXPECT_TRUE(do_transfer());
    EXPECT_TRUE(do_transfer());
    EXPECT_TRUE(device().due_transfer()); // c runs during the session
    begin();
    EXPECT_THAT(event_codes(), ElementsAre("7 TRANSFER COMPLETE", "M Download/a", "M Download/b"));
    EXPECT_THAT(completed_keys(), ElementsAre("a", "b"));
    device().transfer_finished({}, start, start);
    end(success());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(), ElementsAre("7 TRANSFER COMPLETE", "M Download/c"));
    EXPECT_THAT(completed_keys(), ElementsAre("c"));
}

TEST_F(transfers, E08_only_the_acknowledged_are_done)
{
    run_session({make_download("a"), make_download("b")});
    EXPECT_TRUE(do_transfer());
    EXPECT_TRUE(do_transfer());
    begin();
    cwmp::session_result r = success();
    r.acknowledged = {false, true};
    end(r);
    begin();
    EXPECT_THAT(event_codes(), ElementsAre("7 TRANSFER COMPLETE", "M Download/a"));
    EXPECT_THAT(completed_keys(), ElementsAre("a"));
}

TEST_F(transfers, EV_7_firmware_is_reported_after_the_boot)
{
    run_session({make_download("fw", firmware, "http://h/images/gw-2.0.1.bin")});
    EXPECT_TRUE(do_transfer());
    EXPECT_TRUE(state_.rebooting);
    EXPECT_EQ(value(version), "1.0.9");
    EXPECT_EQ(device().next_wake(), now + 10'000);
    EXPECT_FALSE(device().connection_requested());
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    run_session();
    EXPECT_THAT(event_codes(),
                ElementsAre("1 BOOT", "4 VALUE CHANGE", "7 TRANSFER COMPLETE", "M Download/fw"));
    EXPECT_EQ(informed(version), "2.0.1");
    EXPECT_EQ(std::ranges::count(parameter_names(), version), 1);
    EXPECT_EQ(std::get<soap::transfer_complete>(content.requests.at(0)).complete_time,
              "2027-01-15T08:00:12Z");
    EXPECT_FALSE(device().wake());
}

TEST_F(transfers, a_failed_firmware_download_does_not_reboot)
{
    run_session({make_download("fw", firmware, "http://h/images/gw-2.0.1.bin")});
    EXPECT_TRUE(do_transfer(9010));
    EXPECT_FALSE(state_.rebooting);
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(value(version), "1.0.9");
}

TEST_F(transfers, firmware_that_arrives_in_a_session_waits_for_its_end)
{
    soap::download request = make_download("fw", firmware, "http://h/image");
    request.target_file_name = "v3.1.img";
    run_session({request});
    ASSERT_TRUE(device().due_transfer());
    begin();
    device().transfer_finished({}, start, start);
    EXPECT_FALSE(state_.rebooting);
    end(success());
    EXPECT_TRUE(state_.rebooting);
    ASSERT_TRUE(advance_to_wake());
    EXPECT_TRUE(device().wake());
    EXPECT_EQ(value(version), "3.1");
}

TEST_F(transfers, a_new_url_discards_results_but_not_the_queue)
{
    run_session({make_download("a"), make_download("b")});
    EXPECT_TRUE(do_transfer());
    begin();
    ask(set_values({{"Device.ManagementServer.URL", "http://other/"}}));
    end({});
    begin();
    EXPECT_THAT(event_codes(), ElementsAre("0 BOOTSTRAP"));
    EXPECT_THAT(content.requests, IsEmpty());
    end(success());
    EXPECT_TRUE(do_transfer());
}

} // namespace
} // namespace cpestorm::device
