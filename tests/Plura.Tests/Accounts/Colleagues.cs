using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Messaging;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>Somebody else who works in a test's account, signed in.</summary>
internal sealed record Colleague(Guid Id, string Email, Browser Browser);

internal static partial class Colleagues
{
    public static async Task<Colleague> Colleague(this TestAccount account, PluraApp app, string role = Membership.Member, string sight = Sights.All, Guid? roleId = null, string name = "Cora Colleague")
    {
        var user = await app.NewUser(name);
        await account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            db.Memberships.Add(Membership.Of(account.Id, user.Id, role, app.Clock.GetUtcNow(), roleId, sight));
            await db.SaveChangesAsync();
        });
        return user;
    }

    /// <summary>A person with a confirmed address who belongs to no account, signed in.</summary>
    public static async Task<Colleague> NewUser(this PluraApp app, string name = "Uma User", string? email = null)
    {
        var now = app.Clock.GetUtcNow();
        email ??= $"{name.Split(' ')[0].ToLowerInvariant()}-{Guid.CreateVersion7(now):N}@people.example";
        var user = await app.In(null, async services =>
        {
            var user = User.Join(name, email, "birth_year", now);
            (user.EmailConfirmed, user.NormalizedEmail, user.NormalizedUserName) = (true, email.ToUpperInvariant(), email.ToUpperInvariant());
            user.PasswordHash = services.GetRequiredService<IPasswordHasher<User>>().HashPassword(user, TestAccount.Password);
            services.GetRequiredService<PluraDb>().Add(user);
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
            return user;
        });
        return new Colleague(user.Id, email, await app.SignedIn(email));
    }

    public static async Task<Browser> SignedIn(this PluraApp app, string email, string password = TestAccount.Password)
    {
        var browser = app.NewBrowser();
        await (await browser.Get("/sign-in")).Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = email, ["Command.Password"] = password });
        return browser;
    }

    /// <summary>The path of the newest invitation's link that reached an address.</summary>
    public static async Task<string> InvitationLink(this PluraApp app, TestAccount account, string email)
    {
        await account.Work();
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var source = await app.Ask<byte[]>("select source from dev.message where recipient = $1 order by at desc, id desc limit 1", email);
        using var stream = new MemoryStream(source ?? throw new InvalidOperationException($"No letter reached {email}."));
        var mail = await MimeKit.MimeMessage.LoadAsync(stream);
        return Link().Match(mail.HtmlBody ?? "").Value is { Length: > 0 } link ? link : throw new InvalidOperationException(mail.HtmlBody);
    }

    public static Task Role(this TestAccount account, Guid user, string role) =>
        account.In(services => services.GetRequiredService<Plura.Accounts.ChangePersonHandler>().Handle(new Plura.Accounts.ChangePerson { UserId = user, Role = role }, default));

    [GeneratedRegex("/join/[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
