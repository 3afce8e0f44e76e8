using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;

namespace Plura.Tests.Architecture;

/// <summary>Samples of what is changed about the domains from which an account writes.</summary>
internal sealed partial class WriteSamples
{
    private Dictionary<string, Func<Task<Func<Task>>>> OfDomains => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/sending-domains"] = () => Now(() => Api("POST", "sending-domains", new { name = $"mail{++number}.bakery.example" })),
        ["POST /api/v1/sending-domains/{id:guid}/renew"] = async () => Do(await Domain("update messaging.domain_key set used_at = now()"), id => Api("POST", $"sending-domains/{id}/renew", new { })),
        ["DELETE /api/v1/sending-domains/{id:guid}"] = async () => Do(await Domain(), id => Api("DELETE", $"sending-domains/{id}")),
        ["POST /a/{account}/settings/sending-domains/{id:guid}/restore"] = async () => Do(await Domain("update messaging.sending_domain set deleted_at = now()"), id => Post($"settings/sending-domains/{id}/restore")),
        ["SendingDomainsPage sending-domain"] = () => Form("settings/sending-domains", "[name='Command.Name']", new { Name = $"mail{++number}.bakery.example" }),
        ["SendingDomainPage renew-key"] = async () => await Form($"settings/sending-domains/{await Domain("update messaging.domain_key set used_at = now()")}", "[name=_handler][value=renew-key]", new { }),
        ["SendingDomainPage delete-domain"] = async () => await Form($"settings/sending-domains/{await Domain()}", "[name=_handler][value=delete-domain]", new { }),
    };

    private async Task<Guid> Domain(string? then = null)
    {
        var added = await account.In(services => services.GetRequiredService<AddSendingDomainHandler>().Handle(new AddSendingDomain { Name = $"mail{++number}.bakery.example" }, default));
        if (then is not null)
            await app.Do(then + (then.Contains("domain_key", StringComparison.Ordinal) ? " where domain_id = $1" : " where id = $1"), added.Value);
        return added.Value;
    }
}
