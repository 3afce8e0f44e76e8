using System.Buffers.Binary;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>What an installation that serves people does with passwords; the other tests' hosts count fewer rounds.</summary>
public sealed class PasswordRulesTests(PluraApp app)
{
    [Fact]
    public async Task Passwords_are_hashed_with_todays_rounds_whatever_the_settings_say()
    {
        await using var production = await app.Another(services => services.AddSingleton<IStartupFilter, BehindTls>(), "--environment=Production");
        var hash = await production.In(null, services => Task.FromResult(Convert.FromBase64String(services.GetRequiredService<IPasswordHasher<User>>().HashPassword(null!, "four words in a row"))));
        // The third format: which function, how many rounds, how long a salt.
        Assert.Equal((1, 2u, 220_000u, 16u), ((int)hash[0], Number(1), Number(5), Number(9)));

        uint Number(int at) => BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at));
    }

    [Fact]
    public void A_password_is_long_and_of_any_letters()
    {
        var rules = app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value;
        Assert.Equal(15, rules.Password.RequiredLength);
        Assert.False(rules.Password.RequireDigit || rules.Password.RequireLowercase || rules.Password.RequireUppercase || rules.Password.RequireNonAlphanumeric);
        Assert.True(rules.User.RequireUniqueEmail && rules.SignIn.RequireConfirmedEmail);
    }
}
