package dev.catchment.support;

import dev.catchment.flow.standin.Answer;
import dev.catchment.flow.standin.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbered assets listed by scroll and by id as the API does, with totals and holes as a test wants them. */
public final class Listing implements Function<Request, Optional<Answer>> {
    private final int assets;
    private ToLongFunction<Request> total;
    private int end = Integer.MAX_VALUE;
    private int hidden;
    private Answer lookUps;

    /** Assets numbered from 1 on, all announced. */
    public Listing(int assets) {
        this.assets = assets;
        this.total = request -> assets;
    }

    /** What {@code resultSetSize} says. */
    public Listing announcing(ToLongFunction<Request> announced) {
        total = announced;
        return this;
    }

    public Listing announcing(long announced) {
        return announcing(request -> announced);
    }

    /** Pages are empty from after this number on; by id everything is found. */
    public Listing endingAfter(int number) {
        end = number;
        return this;
    }

    /** Every page leaves this number out; by id it is found. */
    public Listing hiding(int number) {
        hidden = number;
        return this;
    }

    /** Every look-up by id is answered so. */
    public Listing answeringLookUps(Answer answer) {
        lookUps = answer;
        return this;
    }

    @Override
    public Optional<Answer> apply(Request request) {
        List<String> ids = request.parameter("ids");
        if (!ids.isEmpty() && lookUps != null) {
            return Optional.of(lookUps);
        }
        long limit = Long.parseLong(request.parameter("limit").get(0));
        String results = IntStream.rangeClosed(1, assets)
                .filter(number -> ids.isEmpty()
                        ? isListed(number, request.parameter("scroll_id").get(0))
                        : List.of(ids.get(0).split(",")).contains(Assets.id(number)))
                .limit(limit)
                .mapToObj(number -> Assets.asset(number).toString())
                .collect(Collectors.joining(","));
        return Optional.of(Answer.json(
                200, "{\"results\":[" + results + "],\"resultSetSize\":" + total.applyAsLong(request) + "}"));
    }

    private boolean isListed(int number, String after) {
        return number != hidden && number <= end && Assets.id(number).compareTo(after) > 0;
    }
}
