using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Makes the installation's key for push services at its first start, so that no page that somebody looks at has to.</summary>
internal sealed class PushKey(OAuthKeys keys) : IStartupStep
{
    public Task Run(IServiceProvider services, CancellationToken ct)
    {
        keys.Push().Dispose();
        return Task.CompletedTask;
    }
}
