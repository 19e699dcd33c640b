#include "soap/fault.hpp"

#include <algorithm>
#include <array>

namespace cpestorm::soap {
namespace {

enum class blame : bool { server, client };

struct row {
    unsigned code;
    blame whose;
    std::string_view text;
};

// TR-069 §A.5. Ascending, for the binary search.
constexpr std::array rows{
    row{8000, blame::server, "Method not supported"},
    row{8001, blame::server, "Request denied"},
    row{8002, blame::server, "Internal error"},
    row{8003, blame::client, "Invalid arguments"},
    row{8004, blame::server, "Resources exceeded"},
    row{8005, blame::server, "Retry request"},
    row{8006, blame::server, "ACS version incompatible with CPE"},
    row{9000, blame::server, "Method not supported"},
    row{9001, blame::server, "Request denied"},
    row{9002, blame::server, "Internal error"},
    row{9003, blame::client, "Invalid arguments"},
    row{9004, blame::server, "Resources exceeded"},
    row{9005, blame::client, "Invalid parameter name"},
    row{9006, blame::client, "Invalid parameter type"},
    row{9007, blame::client, "Invalid parameter value"},
    row{9008, blame::client, "Attempt to set a non-writable parameter"},
    row{9009, blame::server, "Notification request rejected"},
    row{9010, blame::server, "File transfer failure"},
    row{9011, blame::server, "Upload failure"},
    row{9012, blame::server, "File transfer server authentication failure"},
    row{9013, blame::server, "Unsupported protocol for file transfer"},
    row{9014, blame::server, "File transfer failure: unable to join multicast group"},
    row{9015, blame::server, "File transfer failure: unable to contact file server"},
    row{9016, blame::server, "File transfer failure: unable to access file"},
    row{9017, blame::server, "File transfer failure: unable to complete download"},
    row{9018, blame::server, "File transfer failure: file corrupted or otherwise unusable"},
    row{9019, blame::server, "File transfer failure: file authentication failure"},
    row{9020, blame::client, "File transfer failure: not completed within the time windows"},
    row{9021, blame::client, "Cancelation of file transfer not permitted in current state"},
    row{9022, blame::server, "Invalid UUID format"},
    row{9023, blame::server, "Unknown execution environment"},
    row{9024, blame::server, "Disabled execution environment"},
    row{9025, blame::server, "Deployment unit to execution environment mismatch"},
    row{9026, blame::server, "Duplicate deployment unit"},
    row{9027, blame::server, "System resources exceeded"},
    row{9028, blame::server, "Unknown deployment unit"},
    row{9029, blame::server, "Invalid deployment unit state"},
    row{9030, blame::server, "Invalid deployment unit update: downgrade not permitted"},
    row{9031, blame::server, "Invalid deployment unit update: version not specified"},
    row{9032, blame::server, "Invalid deployment unit update: version already exists"},
};
static_assert(std::ranges::is_sorted(rows, {}, &row::code));

const row* find(unsigned code) noexcept
{
    const auto* it = std::ranges::lower_bound(rows, code, {}, &row::code);
    return it != rows.end() && it->code == code ? it : nullptr;
}

} // namespace

std::string_view fault_text(unsigned code) noexcept
{
    if (const row* r = find(code)) return r->text;
    const bool vendor = (code >= 8800 && code <= 8899) || (code >= 9800 && code <= 9899);
    return vendor ? "Vendor defined fault" : "Unknown fault";
}

bool is_client_fault(unsigned code) noexcept
{
    const row* r = find(code);
    return r != nullptr && r->whose == blame::client;
}

} // namespace cpestorm::soap
