using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Campaigns;

/// <summary>What these tests do again and again: people, letters, and waiting until everything has left.</summary>
internal static class CampaignDesk
{
    public static async Task<Guid> Person(this TestAccount account, string name, bool consent = true, string? tag = null)
    {
        object[] consents = consent ? [new { channel = "email", source = "Counter", wording = "May we write to you?", date = "2026-10-01" }] : [];
        var made = await account.Api.PostJson("/api/v1/contacts", new { firstName = name, email = $"{name.ToLowerInvariant()}@people.example", tags = tag is null ? [] : new[] { tag }, consents });
        return made.GetProperty("id").GetGuid();
    }

    /// <summary>They said on the preference page that they want no more.</summary>
    public static Task Withdraw(this TestAccount account, string email) => account.In(async services =>
    {
        var key = services.GetRequiredService<IAddressKeys>().Of(Channels.Email, email);
        await services.GetRequiredService<IConsentLedger>().Append(
            new ConsentEntry { AddressKey = key, Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.PreferencePage }, CancellationToken.None);
    });

    public static async Task<Guid> Letter(this TestAccount account, object? audience = null, string subject = "Spring offer", string html = "<p>Hello {{ contact.first_name | default: \"there\" }}</p>")
    {
        var made = await account.Api.PostJson("/api/v1/campaigns", new { name = "Spring", subject, preview = "Ten per cent off", html, audience = audience ?? new { all = true } });
        Assert.Equal("draft", made.GetProperty("state").GetString());
        return made.GetProperty("id").GetGuid();
    }

    public static async Task Send(this TestAccount account, Guid campaign, string? at = null)
    {
        using var answer = await account.Api.Post($"/api/v1/campaigns/{campaign}/send", new { at });
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
    }

    public static async Task<JsonElement> Refused(this TestAccount account, string path, object? body, HttpStatusCode status)
    {
        using var answer = await account.Api.Post(path, body);
        Assert.Equal(status, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    public static Task<JsonElement> Campaign(this TestAccount account, Guid id) => account.Api.GetJson($"/api/v1/campaigns/{id}");

    public static int Count(this JsonElement campaign, string state) => campaign.GetProperty("counts").GetProperty(state).GetInt32();

    public static string State(this JsonElement thing) => thing.GetProperty("state").GetString()!;

    /// <summary>Jobs, then messages, then the news of them, until nothing of the account moves.</summary>
    public static async Task Settle(this TestAccount account, PluraApp app)
    {
        for (var round = 0; round < 3; round++)
        {
            await account.Work();
            await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        }

        await account.Work();
    }
}
