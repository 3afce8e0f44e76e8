using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Platform;
using Plura.Platform.Outbox;

namespace Plura.Accounts;

/// <summary>Agencies, accounts (= tenants), people, sign-in, API tokens; the only place that may act across tenants.</summary>
public sealed class AccountsModule : IModule
{
    public string Name => "Accounts";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(10, "Today", "", "home", "account.use"),
        new(90, "Settings", "settings", "settings", "account.settings"),
        new(10, "Business", "", "building-store", "account.settings") { Area = Area.Settings },
        new(80, "API tokens", "tokens", "key", "account.tokens") { Area = Area.Settings },
        new(90, "Unfinished work", "unfinished", "refresh-alert", "account.settings") { Area = Area.Settings },
        new(10, "You", "", "user-circle", "") { Area = Area.Me },
        new(20, "Notifications", "notifications", "bell", "") { Area = Area.Me },
        new(30, "Password", "password", "password", "") { Area = Area.Me },
        new(50, "Devices", "sessions", "devices", "") { Area = Area.Me },
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("account.use", "Open the account", PermissionLevel.Look),
        new("account.settings", "Change the business's settings", PermissionLevel.Manage),
        new("account.tokens", "Let other programs in with API tokens", PermissionLevel.Manage),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<OperatorOptions>().BindConfiguration(OperatorOptions.Section);
        services.AddPluraIdentity(configuration);
        services.AddScoped<IAccountDirectory, AccountDirectory>();
        services.AddScoped<INotices, Notices>();
        services.AddSingleton<NoticeBook>().AddSingleton(new NoticeKind(DeadLetters.Notice, "Work in the background did not finish", MailToOwners: true));
        services.AddSessionCookies();
        services.AddScoped<OpenSessions>().AddScoped<KnownDevices>().AddScoped<OwnPassword>().AddScoped<PasswordResets>();
        services.AddSingleton<LetterKeys>().AddScoped<IAccountLetters, AccountLetters>();
        services.AddSingleton<SignInTidying>();
        if ((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
            services.AddHostedService(sp => sp.GetRequiredService<SignInTidying>());
        services.AddScoped<IDemoAccount, DemoAccount>();
        services.AddScoped<Slugs>().AddScoped<CurrentAgency>();
        services.AddSingleton<RoleBook>().AddSingleton<Operators>();
        services.AddSingleton<IStartupStep, OperatorAccount>();
        services.AddSingleton<ICommand, CreateTokenCommand>().AddSingleton<ICommand, JobsCommand>().AddSingleton<ICommand, RetryJobsCommand>();
        services.AddLivePart<UnfinishedWork>(UnfinishedWork.Part, "account.settings", slug => new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(UnfinishedWork.Account)] = slug }, _ => DeadLetters.Topic);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SignOut.Map(routes);
        OpenDemo.Map(routes);
        ReadNotice.Map(routes);
        routes.MapRetryWork();
    }
}
