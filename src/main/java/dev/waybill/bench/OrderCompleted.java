package dev.waybill.bench;

/// The event of every figure: an Order Completed of a usual shop, about 1.2 KB, numbered in its id and a
/// property.
final class OrderCompleted {
    static final String JSON = """
            {"type":"track","event":"Order Completed","messageId":"bench-%1$s","anonymousId":"5f0c7e1a-%1$s",\
            "userId":"user-%1$s","timestamp":"2026-11-23T12:00:00.000Z","sentAt":"2026-11-23T12:00:00.000Z",\
            "context":{"library":{"name":"analytics.js","version":"next-1.84.3"},"ip":"203.0.113.7","locale":"en-US",\
            "timezone":"America/New_York","screen":{"width":1512,"height":982,"density":2},\
            "userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 \
            Safari/537.36","page":{"url":"https://shop.example/checkout/thanks?order=50314b8e","path":"/checkout/thanks",\
            "title":"Thank you","referrer":"https://shop.example/checkout/payment"},\
            "providers":{"kargo":{"puid":"0d3c6a52-8f1b-4a7e-9c60-5b2e7f41d9aa"}}},\
            "properties":{"id":"%1$s","order_id":"50314b8e9bcf000000000000","affiliation":"Web Shop","total":130.5,\
            "subtotal":115.0,"shipping":3.5,"tax":12.0,"discount":2.5,"coupon":"hasbros","currency":"USD","products":[\
            {"product_id":"507f1f77bcf86cd799439011","sku":"45790-32","name":"Monopoly: 3rd Edition","price":19.0,\
            "quantity":1,"category":"Games"},{"product_id":"505bd76785ebb509fc183733","sku":"46493-32",\
            "name":"Uno Card Game","price":3.0,"quantity":2,"category":"Games"}]}}""".formatted(RequestTemplate.NUMBER);

    private OrderCompleted() {}
}
