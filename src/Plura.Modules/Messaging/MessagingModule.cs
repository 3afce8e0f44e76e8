using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Messaging;

/// <summary>Letters, text messages and their templates, the one send ledger, the pump that hands messages to a transport, and what comes back.</summary>
public sealed class MessagingModule : IModule
{
    public string Name => "Messaging";

    public IEnumerable<NavigationEntry> Navigation =>
    [
        new(36, "Sending domains", "sending-domains", "world-www", "messaging.domains") { Area = Area.Settings },
        new(37, "Text messages", "texts", "device-mobile", "messaging.review") { Area = Area.Settings },
    ];

    public IEnumerable<PermissionEntry> Permissions =>
    [
        new("messaging.domains", "Set up the domains from which the account writes", PermissionLevel.Manage),
        new("messaging.review", "Read texts that may have been a STOP, and decide", PermissionLevel.Work) { WholeAccount = true },
        new("messaging.decide", "Decide about messages that may not have arrived", PermissionLevel.Manage) { WholeAccount = true },
    ];

    public IEnumerable<ActWords> Acts =>
    [
        new("messaging.resolve_unclear", "decided about an unclear message", ActGroup.Send),
        new("messaging.list_unclear", "looked at the unclear messages", ActGroup.Look),
        new("operator.resolve_unclear", "decided about an unclear letter of the installation", ActGroup.Send),
        new("operator.list_unclear", "looked at the unclear letters of the installation", ActGroup.Look),
        new("operator.settle_strangers", "looked into messages that nobody allowed", ActGroup.Send),
        new("messaging.add_sending_domain", "set up a domain for mail", ActGroup.Settings),
        new("messaging.check_sending_domain", "looked at the records of a domain for mail", ActGroup.Settings),
        new("messaging.renew_domain_key", "made a new key of a domain for mail", ActGroup.Settings),
        new("messaging.delete_sending_domain", "took a domain for mail away", ActGroup.Settings),
        new("messaging.restore_sending_domain", "brought a domain for mail back", ActGroup.Settings),
        new("messaging.sending_domain_found", "found the record of a domain for mail", ActGroup.Settings),
        new("messaging.sending_domain_lost", "found the record of a domain for mail no more", ActGroup.Settings),
        new("messaging.review_stop", "decided whether a text was a STOP", ActGroup.People),
        new("messaging.list_stops", "looked at texts that may have been a STOP", ActGroup.Look),
        new("messaging.unsubscribe", "unsubscribed {about} by the link in a letter", ActGroup.People, "contact"),
        new("messaging.receive_text", "wrote a text message", ActGroup.People),
        new("messaging.take_receipt", "told what became of a text message", ActGroup.Send),
        new("messaging.stop_texts", "ended all texts to {about} by a text of theirs", ActGroup.People, "contact"),
        new("messaging.start_texts", "asked by a text of theirs to get texts: {about}", ActGroup.People, "contact"),
        new("messaging.change_preferences", "chose what {about} wants to get", ActGroup.People, "contact"),
    ];

    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddLetters().AddSendingDomains().AddTexts(configuration).AddChat();
        services.AddScoped<Accounts.Contracts.IAccountPart, MessagingPart>()
            .AddSingleton(new Accounts.Contracts.StaysBehind("what was sent to whom, and what became of it", typeof(Data.Content), typeof(Data.ContentLink), typeof(Data.ReceivedText), typeof(Data.StopReview), typeof(Data.TextNumberUse), typeof(Data.Send), typeof(Data.SendAttempt), typeof(Data.SendHappening), typeof(Data.SendTally), typeof(Data.SendingDay), typeof(Data.Dispatch), typeof(Data.NodeHold)));
        Sending(services, configuration);
    }

    private static void Sending(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SendingOptions>().Bind(configuration.GetSection("Sending")).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<ISendLedger, SendLedger>();
        services.AddSingleton<Contacts.Contracts.IContactTies, SentTies>().AddSingleton<Contacts.Contracts.IMergesContacts, JoinSends>();
        services.AddSendActivities().AddMessageTriggers();
        services.AddScoped<Automations.Contracts.IStep, SendEmailStep>().AddScoped<Automations.Contracts.IStep, SendTextStep>().AddScoped<Contacts.Contracts.ITimelineSource, AutomationTimeline>();
        services.AddScoped<IRecipientSource, ContactRecipients>().AddScoped<IContactSends, ContactSends>();
        services.AddScoped<Planning>().AddScoped<Steering>().AddScoped<SendReads>().AddScoped<SendTallies>().AddScoped<Resolving>().AddScoped<Forecasting>();
        services.AddSingleton<Recovery>().AddSingleton<Destinations>().AddSingleton<Health>().AddSingleton<SelfPause>()
            .AddSingleton<Finishing>().AddSingleton<LiveRing>().AddSingleton<LetterShelf>().AddSingleton<Aftermath>().AddSingleton<Pump>();
        services.AddScoped<Accounts.Contracts.ISendingUse, SendingNumbers>().AddSingleton(new Accounts.Contracts.DeskPart(20, typeof(DeskSending)));
        services.AddScoped<UnclearLetters>().AddSingleton(new TodayPart(15, typeof(TodayUnclear)) { Permission = "messaging.decide" });
        services.AddSingleton<ProviderLook>().AddSingleton<Reconciliation>().AddSingleton<ICommand, ReconcileSends>();
        services.AddScoped<Accounts.Contracts.IDeskTroubles, StrangerTroubles>().AddSingleton(new Accounts.Contracts.DeskPart(25, typeof(DeskStrangers)));
        var worker = (configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal);
        services.AddHourly<SendingWatch>(worker).AddHourly<LetterTidying>(worker).AddHourly<StrangerWatch>(worker);
        if (worker)
            services.AddHostedService<PumpService>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapLetters();
        routes.MapSendingDomains();
        routes.MapGiveTextFile();
    }
}
