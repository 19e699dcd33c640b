#include "run/transfer.hpp"

#include "run/http_get.hpp"
#include "soap/fault.hpp"

namespace cpestorm::run {
namespace {

using base::failure_reason;

constexpr std::chrono::hours longest{1}; // then the file server is given up
constexpr unsigned cannot_contact = 9015;
constexpr unsigned cannot_access = 9016;
constexpr unsigned cannot_complete = 9017;

unsigned fault_of(const get_result& r)
{
    if (r.status == 401 || r.status == 403) return soap::fault_code::transfer_authentication;
    if (r.status == 404 || r.status == 410) return cannot_access;
    if (r.status != 0) return soap::fault_code::transfer_failure;
    switch (r.reason) {
    case failure_reason::connect_refused:
    case failure_reason::connect_timeout:
    case failure_reason::tls:
        return cannot_contact;
    case failure_reason::read_timeout:
    case failure_reason::peer_reset:
        return r.bytes != 0 ? cannot_complete : cannot_contact;
    default:
        return soap::fault_code::transfer_failure;
    }
}

} // namespace

boost::asio::awaitable<transfer_outcome> fetch(environment* env, device::transfer_job job)
{
    get_request request;
    request.url = job.url;
    request.login.username = job.username;
    request.login.password = job.password;
    request.limit = longest;
    const auto got = co_await http_get(&env->io, &env->names, env->transport.tls.get(), request);
    transfer_outcome out;
    out.bytes = got.bytes;
    if (got.status == 200) {
        if (job.file_size == 0 || got.bytes >= job.file_size) co_return out;
        out.fault.code = cannot_complete;
        out.fault.text = "the file is shorter than FileSize";
        co_return out;
    }
    out.fault.code = fault_of(got);
    out.fault.text = got.status != 0 ? "the file server answered " + std::to_string(got.status)
                                     : got.detail.substr(0, 256);
    co_return out;
}

} // namespace cpestorm::run
