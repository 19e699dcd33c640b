#pragma once

// Every bound of the program, so that no peer, file or network can make it grow or loop for ever.

#include <chrono>
#include <cstddef>

namespace cpestorm::base::limits {

// HTTP
inline constexpr std::size_t http_header_bytes = 16 * 1024;     // one message's start line + fields
inline constexpr std::size_t http_body_bytes = 8 * 1024 * 1024; // one CWMP message
inline constexpr std::size_t http_cookie_bytes = 8 * 1024;      // all cookies of one session
inline constexpr unsigned http_redirects = 5;                   // in a row (TR-069 §3.4.2)
inline constexpr unsigned http_reads_per_turn = 16;   // then other connections have their turn
inline constexpr unsigned http_interim_responses = 8; // 1xx before one final response

// SOAP
inline constexpr std::size_t xml_depth = 64;         // element nesting
inline constexpr std::size_t xml_elements = 400'000; // elements of one message

// CWMP
inline constexpr unsigned session_messages = 10'000; // HTTP exchanges in one session
inline constexpr unsigned retry_request_faults = 10; // consecutive 8005 answers to one request
inline constexpr std::size_t inform_events = 64;     // TR-069 A.3.3.1: EventStruct[64]
inline constexpr std::size_t command_key_chars = 32;
inline constexpr std::size_t parameter_path_chars = 256;
inline constexpr std::size_t url_bytes = 2048;           // signed download URLs exceed TR-069's 256
inline constexpr std::size_t reboot_keys = 16;           // Reboot requests of one session
inline constexpr std::size_t script_bytes = 1024 * 1024; // of the embedded ACS; read at once

// Model
inline constexpr std::size_t profile_bytes = 64 * 1024 * 1024; // a profile or CSV file
inline constexpr std::size_t json_depth = 64;
inline constexpr std::size_t schema_parameters = 100'000;       // of one profile
inline constexpr std::size_t device_instances_added = 1'000;    // by AddObject, per device
inline constexpr std::size_t device_overlay_bytes = 256 * 1024; // changed values, per device
inline constexpr std::size_t device_transfers_queued = 16;      // TR-069 A.4.1.1 allows 16

// Fleet
inline constexpr std::size_t devices = 16'000'000; // addresses of 127/8
inline constexpr std::size_t shards = 64;
inline constexpr std::size_t transfers_per_shard = 64; // at the same time; further ones queue
inline constexpr std::size_t connection_requests_per_shard = 256; // connections; more are closed
inline constexpr std::size_t descriptors_reserved = 64;           // stdio, epoll, logs, admin port

// Servers
inline constexpr std::chrono::seconds server_idle{60}; // a connection without a complete request

} // namespace cpestorm::base::limits
