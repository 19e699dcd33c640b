#include "base/json_writer.hpp"
