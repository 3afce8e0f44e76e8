using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Plura.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

/// <summary>The heads leave the database by themselves: at the start, every ten minutes, and at an orderly stop.</summary>
public sealed class AnchorServiceTests(PluraApp app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Heads_are_sealed_at_the_start_every_ten_minutes_and_at_the_stop()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        using var clock = new HeardClock(home.Clock.GetUtcNow());
        using var service = new AnchorService(
            home.Services.GetRequiredService<AnchorWatch>(), home.Services.GetRequiredService<AnchorLog>(), home.Services.GetRequiredService<AuditSealer>(), clock, NullLogger<AnchorService>.Instance);

        await Says(account);
        await service.StartAsync(CancellationToken.None);
        await clock.Waits();
        Assert.Equal(1, Head(home, account.Id));
        for (var events = 2; events <= 4; events++)
        {
            await Says(account);
            clock.Advance(AnchorService.Every - TimeSpan.FromSeconds(1));
            Assert.Equal(events - 1, Head(home, account.Id));
            clock.Advance(TimeSpan.FromSeconds(1));
            await clock.Waits();
            Assert.Equal(events, Head(home, account.Id));
        }

        await Says(account);
        // The host's own time is used up: what must be written is written all the same.
        await service.StopAsync(new CancellationToken(canceled: true));
        Assert.Equal(5, Head(home, account.Id));
    }

    private static Task<ConsentReceipt> Says(TestAccount account) => account.Says(Consents.NewAddress(), ConsentActs.Granted);

    private static long Head(PluraApp home, Guid account) =>
        home.Services.GetRequiredService<AnchorLog>().Last()?.Heads.FirstOrDefault(h => h.Tenant == account)?.Seq ?? 0;

    /// <summary>Tells when somebody begins to wait for it.</summary>
    private sealed class HeardClock(DateTimeOffset start) : FakeTimeProvider(start), IDisposable
    {
        private readonly SemaphoreSlim waiting = new(0);

        public async Task Waits() => Assert.True(await waiting.WaitAsync(Patience));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            waiting.Release();
            return timer;
        }

        public void Dispose() => waiting.Dispose();
    }
}
