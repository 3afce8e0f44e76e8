using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Tests.Campaigns;

public sealed class OvertakenTests(PluraApp first)
{
    [Fact]
    public async Task A_pause_pressed_while_the_start_counts_its_audience_is_no_failure_and_the_start_begins_again_with_it()
    {
        var press = new Press();
        await using var app = await first.Another(services =>
        {
            services.AddSingleton(press);
            services.Replace(ServiceDescriptor.Scoped<IRecipients, Watched>());
        });
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign);
        press.Now = async () =>
        {
            using var pause = await account.Api.Post($"/api/v1/campaigns/{campaign}/pause", null);
            Assert.Equal(HttpStatusCode.Accepted, pause.StatusCode);
        };
        await account.Settle(app);
        Assert.Null(press.Now);
        Assert.Equal("paused", (await account.Campaign(campaign)).State());
        Assert.Empty(app.Log.Errors);

        using (var resume = await account.Api.Post($"/api/v1/campaigns/{campaign}/resume", null))
            Assert.Equal(HttpStatusCode.Accepted, resume.StatusCode);
        await account.Settle(app);
        Assert.Equal(1, (await account.Campaign(campaign)).Count("accepted"));
    }

    /// <summary>What happens once, at the moment when the audience is asked for.</summary>
    private sealed class Press
    {
        public Func<Task>? Now { get; set; }
    }

    private sealed class Watched(IServiceProvider services, Press press) : IRecipients
    {
        private readonly Recipients real = ActivatorUtilities.CreateInstance<Recipients>(services);

        public async Task<Result<AudienceSql>> Audience(Audience audience, string channel, CancellationToken ct)
        {
            if (press.Now is { } now)
            {
                press.Now = null;
                await now();
            }

            return await real.Audience(audience, channel, ct);
        }

        public AudienceSql Of(Guid[] contacts, string channel) => real.Of(contacts, channel);

        public Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct) =>
            real.Load(connection, contactPointIds, ct);

        public Task<IReadOnlyList<MergeField>> MergeFields(CancellationToken ct) => real.MergeFields(ct);
    }
}
