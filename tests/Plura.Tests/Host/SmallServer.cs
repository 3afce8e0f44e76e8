using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Plura.Tests;

/// <summary>Somebody else's service, played by a test on this machine; it says nothing on the console.</summary>
internal static class SmallServer
{
    public static WebApplication New()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        return builder.Build();
    }
}
