using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Tests;

/// <summary>Background work that fails, by the paths on which it really does: a database that is full, an account that is gone.</summary>
public static class GivingUp
{
    /// <summary>Lets every try go by, with the pauses between them.</summary>
    public static async Task TryUntilGivenUp(this PluraApp app)
    {
        for (var attempt = 0; attempt < Dispatcher.MostAttempts; attempt++)
        {
            await app.Work(mayFail: true);
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>From now on PostgreSQL answers a change of this table as it does when the disk is full: a failure that may pass.</summary>
    public static Task<int> FillDisk(this PluraApp app, string table) => app.Do($"""
        create function public.disk_full() returns trigger language plpgsql as $$
        begin raise exception 'could not extend file for ann@people.example' using errcode = 'disk_full'; end $$;
        create trigger aa_disk_full before insert or update or delete on {table} for each row execute function public.disk_full();
        """);

    public static Task<int> MakeRoom(this PluraApp app) => app.Do("drop function public.disk_full() cascade");

    /// <summary>The installation loses the account that its own mail leaves from: letters of the installation fail until it is back.</summary>
    public static Task<int> HideOperator(this PluraApp app) => app.Do("update accounts.account set slug = 'operator-hidden' where slug = 'operator'");

    public static Task<int> ShowOperator(this PluraApp app) => app.Do("update accounts.account set slug = 'operator' where slug = 'operator-hidden'");

    /// <summary>Asks for a letter of the installation to the account's owner; it fails while <see cref="HideOperator"/> holds.</summary>
    public static Task AskForLetter(this TestAccount account) => account.In(services => Post(services, account.OwnerId));

    /// <summary>The same outside any account.</summary>
    public static Task AskForLetter(this PluraApp app, Guid user) => app.In(tenant: null, services => Post(services, user));

    private static async Task Post(IServiceProvider services, Guid user)
    {
        var occasion = Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow());
        services.GetRequiredService<ISystemMail>().Post(new SystemLetter("already_registered", user, occasion, ToOperator: false, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/sign-in" }));
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    }
}
