using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A visitor becomes the owner of a new account: person, agency, account, acceptances and the confirmation letter in one commit.</summary>
public sealed record SignUp
{
    [Required(ErrorMessage = "Enter your name."), StringLength(120, ErrorMessage = "A name has at most 120 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = "This does not look like an e-mail address."), StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string Email { get; set; } = "";

    [KeepBlanks, Required(ErrorMessage = "Choose a password."), StringLength(256, MinimumLength = 15, ErrorMessage = "Choose a password of at least 15 characters. " + Passwords.Advice)]
    public string Password { get; set; } = "";

    [Required(ErrorMessage = "Enter the name of your business."), StringLength(120, ErrorMessage = "A business name has at most 120 characters.")]
    public string Business { get; set; } = "";

    /// <summary>ISO 3166 alpha-2.</summary>
    [Required(ErrorMessage = "Choose your country."), RegularExpression("^[A-Z]{2}$", ErrorMessage = "Choose your country from the list.")]
    public string Country { get; set; } = "";

    /// <summary>An IANA name.</summary>
    [Required(ErrorMessage = "Choose your time zone.")]
    public string TimeZone { get; set; } = "";

    [Required(ErrorMessage = "Enter the year you were born in, with four digits."), RegularExpression("^(19|20)[0-9]{2}$", ErrorMessage = "Enter the year you were born in, with four digits.")]
    public string BirthYear { get; set; } = "";

    public bool AcceptTerms { get; set; }

    public bool AcceptProcessing { get; set; }
}

public sealed class SignUpHandler(PluraDb db, UserManager<User> users, IPasswordHasher<User> hasher, Passwords passwords, Introductions introductions, Slugs slugs, IPolicyVersions policies, ISystemMail mail, LetterPace pace, KeyFiles keys, NetworkKeys networks, DisposableDomains disposable, IAudit audit, TimeProvider clock)
{
    private const int LeastAge = 16;

    public static readonly Refusal TooYoung = Refusal.Invalid("sign_up.age", "We cannot open an account for you. Nothing that you entered was kept. If you mistyped the year, write to us: the contact page stands below.", nameof(SignUp.BirthYear));

    /// <summary>The year leaves an age under the least one possible.</summary>
    internal static bool MayBeTooYoung(string birthYear, DateTimeOffset now) =>
        now.Year - int.Parse(birthYear, System.Globalization.CultureInfo.InvariantCulture) - 1 < LeastAge;

    /// <summary>Answers the new user's id; also for an address that is taken, whose owner gets a letter instead: nobody learns who has an account.</summary>
    public async Task<Result<Guid>> Handle(SignUp command, string? ip, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var now = clock.GetUtcNow();
        // Whoever might still be 15 this year is refused before anything is stored.
        if (MayBeTooYoung(command.BirthYear, now))
            return TooYoung;
        if (!command.AcceptTerms)
            return Refusal.Invalid("sign_up.terms", "To open an account, accept the terms and the privacy policy.", nameof(command.AcceptTerms));
        if (!command.AcceptProcessing)
            return Refusal.Invalid("sign_up.dpa", "To open an account, accept the data-processing agreement: it binds us to handle your customers' data only as you say.", nameof(command.AcceptProcessing));
        if (NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(command.TimeZone) is null)
            return Refusal.Invalid("sign_up.time_zone", "Choose your time zone from the list.", nameof(command.TimeZone));
        if (await passwords.Check(command.Password, ct, command.Email, command.Name, command.Business) is { } weak)
            return Refusal.Invalid("sign_up.password", weak, nameof(command.Password));

        var user = User.Join(command.Name, command.Email, "birth_year", now);
        user.PasswordHash = hasher.HashPassword(user, command.Password);   // also for a taken address: the same work
        var existing = await users.FindByEmailAsync(command.Email);
        var mayWrite = await pace.Take(command.Email, ct);
        if (existing is not null)
        {
            if (mayWrite)
                mail.Post(new SystemLetter("already_registered", existing.Id, Guid.CreateVersion7(now), ToOperator: false, Facts(existing.Name)));
            audit.Note("account.sign_up_known", existing.Id);
            await db.SaveChangesAsync(ct);
            return existing.Id;
        }

        user.NormalizedEmail = users.NormalizeEmail(command.Email);
        user.NormalizedUserName = users.NormalizeName(command.Email);
        var slug = await slugs.Free(command.Business, ct);
        var agency = Agency.Found(slug, command.Business, now);
        var account = Account.Open(agency.Id, slug, command.Business, command.Country, command.TimeZone, command.Email, now);
        db.AddRange(user, agency, account, Membership.Of(account.Id, user.Id, Membership.Owner, now), AgencyMember.Of(agency.Id, user.Id, AgencyMember.Owner, now));
        foreach (var document in (string[])["terms", "privacy", "dpa"])
            db.Acceptances.Add(Acceptance.Of(user.Id, account.Id, policies.Current(document), "sign_up_checkbox", AcceptedFrom.Hash(keys, ip), now));
        await Connect(user, ct);
        db.Publish(new AccountCreated(account.Id), account.Id);
        db.NetworkTraces.Add(NetworkTrace.Of(NetworkTrace.SignUp, networks.Network(ip), networks.Subject(command.Email), networks.Domain(command.Email), account.Id, now));
        db.Enqueue(new WeighSignUp(account.Id, disposable.Has(DomainNames.Of(command.Email))));
        mail.Post(new SystemLetter("confirm_email", user.Id, user.Id, ToOperator: false, Facts(user.Name)));
        audit.Note("account.sign_up", user.Id);
        await db.SaveChangesAsync(ct);
        return user.Id;
    }

    /// <summary>
    /// Whoever came here through another door can come back through it, once their address is confirmed by our own letter. Only where that door
    /// vouches for the very address they sign up with: else somebody could leave a key of their own at another person's.
    /// </summary>
    private async Task Connect(User user, CancellationToken ct)
    {
        if (await introductions.Current() is not { } person || !person.VouchesFor(user.NormalizedEmail!, users.NormalizeEmail) || await db.UserLogins.AnyAsync(l => l.LoginProvider == person.Scheme && l.ProviderKey == person.Key, ct))
            return;
        db.UserLogins.Add(new UserLogin { LoginProvider = person.Scheme, ProviderKey = person.Key, ProviderDisplayName = person.Email, UserId = user.Id, Since = clock.GetUtcNow() });
        await introductions.Forget();
    }

    private static Dictionary<string, string> Facts(string name) => new(StringComparer.Ordinal) { ["name"] = name };
}
