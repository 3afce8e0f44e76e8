using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plura.Messaging;

namespace Plura.Tests.Campaigns;

public sealed class CompileOnceTests(PluraApp first)
{
    [Fact]
    public async Task A_campaign_is_compiled_once_however_slowly_it_goes_and_anew_when_the_business_moves()
    {
        var compiled = new ConcurrentQueue<Guid>();
        await using var app = await first.Another(services =>
        {
            services.AddSingleton(compiled);
            services.Replace(ServiceDescriptor.Scoped<IComposer, Counting>());
        });
        var account = await app.NewAccount();
        for (var n = 1; n <= 6; n++)
            await account.Person($"Person{n}");
        var campaign = await account.Letter();
        using (await account.Api.Post($"/api/v1/campaigns/{campaign}/send", new { ratePerMinute = 60 }))
            await account.Work();
        for (var second = 0; second < 3; second++)
            await Second();
        Assert.Single(compiled);
        Assert.Equal(3, (await account.Campaign(campaign)).Count("accepted"));

        await app.Ask<int>("update accounts.account set postal_address = '2 Low Road, Springfield' where id = $1 returning 1", account.Id);
        for (var second = 0; second < 3; second++)
            await Second();
        Assert.Equal(2, compiled.Count);
        Assert.Equal(6, (await account.Campaign(campaign)).Count("accepted"));
        Assert.Equal(3, await Letters("1 High Street"));
        Assert.Equal(3, await Letters("2 Low Road"));

        Task<long> Letters(string address) => app.Ask<long>("select count(*) from dev.message where position($1 in convert_from(source, 'UTF8')) > 0", address);

        async Task Second()
        {
            await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private sealed class Counting(IServiceProvider services, ConcurrentQueue<Guid> compiled) : IComposer
    {
        public Task<ICompiledLetter> Compile(Guid contentId, CancellationToken ct)
        {
            compiled.Enqueue(contentId);
            return ActivatorUtilities.CreateInstance<Composer>(services).Compile(contentId, ct);
        }
    }
}
